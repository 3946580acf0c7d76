// Test images as points in two dimensions: made of a table of numbers, and laid so that it lies like the map before it.
// Pure.
import { pca, sparseRows } from './pca';

export type Method = 'pca' | 'umap';

/** UMAP is slow: of the test set's first images, at most so many. */
export const MOST_UMAP_IMAGES = 2000;

/** What a map is made of. */
export interface ProjectionJob {
  /** Names what the numbers are: maps of the same key are of the same columns. */
  key: string;
  method: Method;
  /** The same in words, with the epochs that were trained until then. */
  made: string;
  /** [images, columns], in the order of the test set */
  values: Uint8Array | Float32Array;
  columns: number;
  /** What each value is multiplied by. */
  scale: number;
  /** The map that is seen now. */
  last: Projection | undefined;
}

export interface Projection {
  key: string;
  method: Method;
  /**
   * [images, 2], of the first images of the test set: from −1 to 1, the middle of the map at 0, one scale for both axes
   */
  positions: Float32Array;
  /** Half the width and half the height of what the positions cover. */
  extent: readonly [x: number, y: number];
  /** [images, 2]: the numbers themselves, of the axes below */
  scores: Float32Array;
  /** Of a PCA, x then y: which component, from 1, and its share of the variance, 0 to 1. Else empty. */
  axes: readonly Axis[];
  /** Of a PCA, by component: what the next one begins with. */
  components: readonly Float64Array[];
}

export interface Axis {
  component: number;
  share: number;
}

export function projectByPca({ key, values, columns, scale, last }: ProjectionJob): Projection {
  const start = last?.key === key ? last.components : [];
  const { scores, shares, components } = pca(sparseRows(values, columns, scale), 2, { start });
  const flat = asPairs(scores, components.length);
  const axes = [0, 1].map((k) => ({ component: k + 1, share: shares[k] ?? 0 }));
  return layOut({ key, method: 'pca', axes, components }, flat, last);
}

/** Turned by right angles and mirrored, so that images lie as near as can be to where the last map had them. */
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
 * Which of the new axes goes where, and which way round: the choice under which the axes go with the last ones most
 * (sum of the two correlations). Images that only one of the maps has are left out.
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

/** [images, width] → [images, 2]; a table of one column has nothing along the second axis. */
function asPairs(scores: Float64Array, width: number): Float32Array {
  const pairs = new Float32Array((scores.length / width) * 2);
  for (let image = 0; image < pairs.length / 2; image++) {
    pairs[2 * image] = scores[image * width]!;
    pairs[2 * image + 1] = width > 1 ? scores[image * width + 1]! : 0;
  }
  return pairs;
}
