// Sorts the units of a layer. Pure.
import type { LayerWeights } from '../../src-shared/networks/layers';
import { usefulness, type UnitStatistics } from './units';

export const SORTS = [
  ['number', 'number'],
  ['norm', 'norm'],
  ['usefulness', 'usefulness for'],
  ['similarity', 'similarity'],
] as const;

export interface Sort {
  by: (typeof SORTS)[number][0];
  /** The class for which usefulness is measured. */
  label: number;
}

export const FIRST_SORT: Sort = { by: 'number', label: 0 };

/**
 * The units of a layer in the order in which they are shown.
 * @param columns width of the images that the inputs are, or 0 if the inputs are units
 * @param statistics required to sort by usefulness; if undefined, units are in the order of their numbers
 */
export function orderOf(
  layer: LayerWeights,
  { by, label }: Sort,
  columns: number,
  statistics: UnitStatistics | undefined,
): number[] {
  if (by === 'norm') return byLargest(unitNorms(layer));
  if (by === 'similarity') return bySimilarity(layer, columns);
  return by === 'usefulness' && statistics ? byLargest(usefulness(statistics, label)) : byNumber(layer.outputs);
}

/** Length (L2) of each unit's incoming weights, without its bias, [outputs]. */
export function unitNorms({ weight, inputs, outputs }: LayerWeights): Float64Array {
  const norms = new Float64Array(outputs);
  for (let unit = 0, w = 0; unit < outputs; unit++) {
    let squares = 0;
    for (let i = 0; i < inputs; i++, w++) squares += weight[w]! * weight[w]!;
    norms[unit] = Math.sqrt(squares);
  }
  return norms;
}

export function byNumber(units: number): number[] {
  return Array.from({ length: units }, (_, unit) => unit);
}

/** The largest first. Of equal ones, the one with the smaller number comes first. */
export function byLargest(values: Float64Array): number[] {
  return byNumber(values.length).sort((a, b) => values[b]! - values[a]! || a - b);
}

/** At most this many numbers are compared for each unit. More weights are reduced to this many sums. */
const MOST_COMPARED = 64;

/**
 * An order in which neighbours look alike. It starts with the unit of the largest norm; next is always the remaining
 * unit whose weights have the largest cosine with those of the last one. Weights of pixels are compared by their sums
 * over small squares, which is fast and ignores fine noise. Other weights are compared by their sums over random groups
 * with random signs, which roughly preserves cosines (a count sketch, Charikar et al. 2002, "Finding frequent items in
 * data streams").
 * @param columns width of the images that the inputs are, or 0 if the inputs are units
 */
export function bySimilarity(layer: LayerWeights, columns: number): number[] {
  const { outputs } = layer;
  const { rows, length } = unitLengthRows(layer, columns);
  const norms = unitNorms(layer);
  const rest = byLargest(norms);
  const order = [rest.shift()!];
  while (order.length < outputs) {
    const last = order.at(-1)! * length;
    let best = 0;
    let largest = -Infinity;
    for (let place = 0; place < rest.length; place++) {
      const cosine = dot(rows, last, rest[place]! * length, length);
      if (cosine > largest) [largest, best] = [cosine, place];
    }
    order.push(rest[best]!);
    rest.splice(best, 1);
  }
  return order;
}

/** @param length a multiple of four: four running sums are three times as fast as one */
function dot(rows: Float32Array, a: number, b: number, length: number): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  for (let k = 0; k < length; k += 4) {
    s0 += rows[a + k]! * rows[b + k]!;
    s1 += rows[a + k + 1]! * rows[b + k + 1]!;
    s2 += rows[a + k + 2]! * rows[b + k + 2]!;
    s3 += rows[a + k + 3]! * rows[b + k + 3]!;
  }
  return s0 + s1 + s2 + s3;
}

/** Rows of norm 1, [outputs, length]. A row of zeros stays a row of zeros. */
function unitLengthRows(
  { weight, inputs, outputs }: LayerWeights,
  columns: number,
): { rows: Float32Array; length: number } {
  const { groupOf, signOf, ...groups } = groupsOf(inputs, columns);
  const length = Math.ceil(groups.length / 4) * 4;
  const rows = new Float32Array(outputs * length);
  for (let unit = 0; unit < outputs; unit++) {
    const row = rows.subarray(unit * length, (unit + 1) * length);
    for (let i = 0; i < inputs; i++) row[groupOf[i]!]! += weight[unit * inputs + i]! * signOf[i]!;
    let squares = 0;
    for (let k = 0; k < length; k++) squares += row[k]! * row[k]!;
    const norm = Math.sqrt(squares);
    if (norm > 0) for (let k = 0; k < length; k++) row[k]! /= norm;
  }
  return { rows, length };
}

interface Groups {
  length: number;
  /** [inputs] */
  groupOf: Uint32Array;
  /** 1 or −1, [inputs] */
  signOf: Int8Array;
}

function groupsOf(inputs: number, columns: number): Groups {
  const signOf = new Int8Array(inputs).fill(1);
  if (inputs <= MOST_COMPARED) return { length: inputs, groupOf: Uint32Array.from(byNumber(inputs)), signOf };
  if (columns === 0) {
    const groupOf = Uint32Array.from(byNumber(inputs), (i) => hash(i) % MOST_COMPARED);
    return { length: MOST_COMPARED, groupOf, signOf: signOf.map((_, i) => (hash(i + inputs) & 1 ? 1 : -1)) };
  }
  let side = 1;
  const across = (length: number): number => Math.ceil(length / side);
  while (across(columns) * across(inputs / columns) > MOST_COMPARED) side++;
  const groupOf = Uint32Array.from(
    byNumber(inputs),
    (i) => Math.floor(Math.floor(i / columns) / side) * across(columns) + Math.floor((i % columns) / side),
  );
  return { length: across(columns) * across(inputs / columns), groupOf, signOf };
}

/** A deterministic hash of a number. */
function hash(number: number): number {
  let bits = Math.imul(number + 1, 0x9e3779b1);
  bits = Math.imul(bits ^ (bits >>> 15), 0x85ebca6b);
  return (bits ^ (bits >>> 13)) >>> 0;
}
