// Projects test images to points in two dimensions, oriented like the previous map. Pure.
import { pca, sparseRows } from './pca';

export type Method = 'pca' | 'umap';

/** UMAP is slow, so it takes only this many of the test set's first images. */
export const MOST_UMAP_IMAGES = 2000;

/** What a map is computed from. */
export interface ProjectionJob {
  /** Identifies method and source: maps with the same key have the same columns. */
  key: string;
  method: Method;
  /** The source in words, with the epochs trained when its values were computed. */
  description: string;
  /** [images, columns], in the order of the test set */
  values: Uint8Array | Float32Array;
  columns: number;
  /** Each value is multiplied by this. */
  scale: number;
  /** The map that is shown now. */
  last: Projection | undefined;
}

export interface Projection {
  key: string;
  method: Method;
  /** [images, 2], of the first images of the test set: −1 to 1 around the middle of the map, same scale on both axes */
  positions: Float32Array;
  /** Half the width and half the height of the area that the positions cover. */
  extent: readonly [x: number, y: number];
  /** [images, 2]: the unscaled coordinates along the axes below */
  scores: Float32Array;
  /** The components of a PCA along x and y. Empty for other methods. */
  axes: readonly Axis[];
  /** The components of a PCA, from which the next one starts. Empty for other methods. */
  components: readonly Float64Array[];
}

export interface Axis {
  /** From 1. */
  component: number;
  /** Of the variance, 0 to 1. */
  share: number;
}

export function projectByPca({ key, values, columns, scale, last }: ProjectionJob): Projection {
  const start = last?.key === key ? last.components : [];
  const { scores, shares, components } = pca(sparseRows(values, columns, scale), 2, { start });
  const flat = asPairs(scores, components.length);
  const axes = [0, 1].map((k) => ({ component: k + 1, share: shares[k] ?? 0 }));
  return layOut({ key, method: 'pca', axes, components }, flat, last);
}

/** Rotates the scores by right angles and mirrors them, so that images lie as close as possible to the last map's. */
export function layOut(
  head: Pick<Projection, 'key' | 'method' | 'axes' | 'components'>,
  scores: Float32Array,
  last: Projection | undefined,
): Projection {
  const { swap, signs } = last ? alignment(scores, last.positions) : { swap: false, signs: [1, 1] as const };
  const [first, second] = swap ? [1, 0] : [0, 1];
  const turned = new Float32Array(scores.length);
  for (let i = 0; i < scores.length; i += 2) {
    turned[i] = signs[0] * scores[i + first]!;
    turned[i + 1] = signs[1] * scores[i + second]!;
  }
  const axes = head.axes.length === 2 ? [head.axes[first]!, head.axes[second]!] : [];
  return { ...head, axes, scores: turned, ...normalised(turned) };
}

/**
 * Whether to swap the new axes, and their signs, so that the sum of their correlations with the last map's axes is
 * largest. Images that only one of the maps has are ignored.
 */
function alignment(scores: Float32Array, last: Float32Array): { swap: boolean; signs: readonly [number, number] } {
  const length = Math.min(scores.length, last.length);
  const correlation = (newAxis: number, oldAxis: number): number => {
    let [sum, sumA, sumB, a2, b2] = [0, 0, 0, 0, 0];
    for (let i = 0; i < length; i += 2) {
      const [a, b] = [scores[i + newAxis]!, last[i + oldAxis]!];
      sum += a * b;
      sumA += a;
      sumB += b;
      a2 += a * a;
      b2 += b * b;
    }
    const n = Math.max(1, length / 2);
    const spread = Math.sqrt((a2 - sumA ** 2 / n) * (b2 - sumB ** 2 / n));
    return spread > 0 ? (sum - (sumA * sumB) / n) / spread : 0;
  };
  const [xx, yy, yx, xy] = [correlation(0, 0), correlation(1, 1), correlation(1, 0), correlation(0, 1)];
  const swap = Math.abs(yx) + Math.abs(xy) > Math.abs(xx) + Math.abs(yy);
  const [x, y] = swap ? [yx, xy] : [xx, yy];
  return { swap, signs: [x < 0 ? -1 : 1, y < 0 ? -1 : 1] };
}

function normalised(scores: Float32Array): Pick<Projection, 'positions' | 'extent'> {
  const low = [Infinity, Infinity];
  const high = [-Infinity, -Infinity];
  scores.forEach((score, i) => {
    if (score < low[i % 2]!) low[i % 2] = score;
    if (score > high[i % 2]!) high[i % 2] = score;
  });
  const middle = [0, 1].map((axis) => (low[axis]! + high[axis]!) / 2);
  const half = [0, 1].map((axis) => (high[axis]! - low[axis]!) / 2);
  const unit = Math.max(...half, 1e-12);
  return {
    positions: scores.map((score, i) => (score - middle[i % 2]!) / unit),
    extent: [half[0]! / unit, half[1]! / unit],
  };
}

/** [images, width] → [images, 2]. With one column, the second coordinate is 0. */
function asPairs(scores: Float64Array, width: number): Float32Array {
  const pairs = new Float32Array((scores.length / width) * 2);
  for (let image = 0; image < pairs.length / 2; image++) {
    pairs[2 * image] = scores[image * width]!;
    pairs[2 * image + 1] = width > 1 ? scores[image * width + 1]! : 0;
  }
  return pairs;
}
