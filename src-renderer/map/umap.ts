// Projects by UMAP, which keeps neighbours together: the library umap-js on principal components. Deterministic.
import { UMAP } from 'umap-js';
import { pca, sparseRows } from './pca';
import { layOut, MOST_UMAP_IMAGES, type Projection, type ProjectionJob } from './projection';

/** Fewer dimensions speed up the search for neighbours and lose little: McInnes et al. 2018, "UMAP", section 4. */
const COMPONENTS = 30;
const NEIGHBOURS = 15;
const EPOCHS = 300;
const PROGRESS_EVERY = 10;
const SEED = 1;

/** @param onProgress called with the share that is done, 0 to 1 */
export function projectByUmap(
  { key, values, columns, scale, last }: ProjectionJob,
  onProgress: (done: number) => void,
): Projection {
  onProgress(0);
  const first = values.subarray(0, MOST_UMAP_IMAGES * columns);
  const rows = componentsOf(first, columns, scale);
  const head = { key, method: 'umap' as const, axes: [], components: [] };
  // UMAP needs neighbours.
  if (rows.length < 4) return layOut(head, new Float32Array(2 * rows.length), last);

  const umap = new UMAP({
    nNeighbors: Math.min(NEIGHBOURS, rows.length - 1),
    nEpochs: EPOCHS,
    random: randomNumbers(SEED),
  });
  umap.initializeFit(rows);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    if (epoch % PROGRESS_EVERY === 0) onProgress(epoch / EPOCHS);
    umap.step();
  }
  return layOut(head, Float32Array.from(umap.getEmbedding().flat()), last);
}

/** Each image by its first principal components. They need not be exact. */
function componentsOf(values: Uint8Array | Float32Array, columns: number, scale: number): number[][] {
  const { scores, components } = pca(sparseRows(values, columns, scale), COMPONENTS, { tolerance: 1e-2 });
  const width = components.length;
  return Array.from({ length: values.length / columns }, (_, image) => [
    ...scores.subarray(image * width, (image + 1) * width),
  ]);
}

/** From 0 to 1, by a linear congruential generator (Numerical Recipes, 2007, section 7.1). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
