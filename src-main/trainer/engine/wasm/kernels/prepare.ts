// The images of a batch as training shows them to the network, sparse or dense as the first layer needs them: distorted
// to the same pixels as by data/augment/augment.ts, and with the input dropout of nn/dropout.ts.
import { FAINTEST_INK, FIELD_SIDE, TRANSFORMS } from '../../../data/augment/augment-numbers';
import { mix } from './counter-random';
import { MARGIN, Task } from './numbers';
import { Batch, Images, Plan, shareStart } from './plan';

/** This thread's share of the rows. */
export function prepare(plan: Plan, batch: Batch, indices: usize, fromRow: i32, toRow: i32, thread: i32): void {
  const first = fromRow + shareStart(toRow - fromRow, 1, plan.threads, thread);
  const end = fromRow + shareStart(toRow - fromRow, 1, plan.threads, thread + 1);
  const pixels = plan.imageRows * plan.imageColumns;
  const distorted = plan.task !== Task.predict && plan.transforms !== 0;
  const drops = plan.task !== Task.predict ? plan.dropPixelBelow : 0;
  const margin = plan.margins + thread * plan.marginBytes;
  for (let n = first; n < end; n++) {
    let image = changetype<Images>(plan.images).pixels + load<u32>(indices + (n << 2)) * pixels;
    if (distorted) {
      const target = margin + plan.marginBytes - ((pixels + 19) & ~15);
      distort(plan, image, margin, target, mix(batch.augmentKey + n));
      image = target;
    }
    if (plan.inputStride > 0) writeDense(plan, image, pixels, n, drops, batch.inputKey);
    else writeSparse(plan, image, pixels, n, drops, batch.inputKey);
  }
}

// @ts-ignore: decorator
@inline
function isDropped(rowKey: u32, pixel: i32, dropBelow: u32): bool {
  return dropBelow > 0 && mix(rowKey + pixel) < dropBelow;
}

/** Writes the scaled values into the input of a dense layer. */
function writeDense(plan: Plan, image: usize, pixels: i32, n: i32, dropBelow: u32, key: u32): void {
  const rowKey = mix(key + n);
  const row = plan.input + n * plan.inputStride;
  for (let i = 0; i < pixels; i++) {
    const value = isDropped(rowKey, i, dropBelow) ? 0 : <usize>load<u8>(image + i);
    store<f32>(row + (i << 2), load<f32>(plan.scaledPixels + (value << 2)));
  }
}

/** Writes the positions and values of the pixels that are not zero. */
function writeSparse(plan: Plan, image: usize, pixels: i32, n: i32, dropBelow: u32, key: u32): void {
  const augmented = changetype<Images>(plan.augmented);
  const rowKey = mix(key + n);
  const start = n * pixels;
  let next = start;
  for (let i = 0; i < pixels; i++) {
    const value = load<u8>(image + i);
    if (value === 0 || isDropped(rowKey, i, dropBelow)) continue;
    store<u16>(augmented.positions + (next << 1), <u16>i);
    store<u8>(augmented.values + next, value);
    next++;
  }
  store<u32>(augmented.starts + (n << 3), start);
  store<u32>(augmented.starts + (n << 3), next, 4);
}

/**
 * Distorts one image.
 * @param margin room for the image with MARGIN pixels of background on every side
 * @param target u8 [imageRows × imageColumns], and 3 bytes more
 * @param rowKey of the random bits that choose the transform and the window
 */
function distort(plan: Plan, source: usize, margin: usize, target: usize, rowKey: u32): void {
  const rows = plan.imageRows;
  const columns = plan.imageColumns;
  const stride = columns + 2 * MARGIN;
  let inkTop = rows, inkBottom = -1;
  for (let y = 0; y < rows; y++) {
    if (!copyRow(source + y * columns, margin + (y + MARGIN) * stride + MARGIN, columns)) continue;
    inkTop = min(inkTop, y);
    inkBottom = y;
  }
  const ink = source + inkTop * columns;
  const inkRows = inkBottom - inkTop + 1;
  let inkLeft = 0, inkRight = columns - 1;
  while (inkLeft < columns && !columnHasInk(ink + inkLeft, inkRows, columns)) inkLeft++;
  while (inkRight > inkLeft && !columnHasInk(ink + inkRight, inkRows, columns)) inkRight--;

  const bits = mix(rowKey);
  const place = mix(rowKey + 1);
  const transform = plan.transforms + (bits & (TRANSFORMS - 1)) * 24;
  const a = load<i32>(transform), b = load<i32>(transform, 4), e = load<i32>(transform, 8);
  const c = load<i32>(transform, 12), d = load<i32>(transform, 16), f = load<i32>(transform, 20);
  const signX = i32x4.splat(bits & 1024 ? -1 : 1);
  const signY = i32x4.splat(bits & 2048 ? -1 : 1);
  const swapped = (bits & 4096) !== 0;
  const fieldStride = (FIELD_SIDE + columns) << 1;
  const window = ((place >> 8) & (FIELD_SIDE - 1)) * fieldStride + ((place & (FIELD_SIDE - 1)) << 1);
  let alongX = (swapped ? plan.alongY : plan.alongX) + window;
  let alongY = (swapped ? plan.alongX : plan.alongY) + window;

  const lanes = i32x4(0, 1, 2, 3);
  const stepX = i32x4.splat(a << 2);
  const stepY = i32x4.splat(c << 2);
  const firstX = i32x4.mul(i32x4.splat(a), lanes);
  const firstY = i32x4.mul(i32x4.splat(c), lanes);
  // Source positions are clamped to the margin: beyond it there is only background.
  const least = i32x4.splat(-MARGIN);
  const mostLeft = i32x4.splat(columns);
  const mostTop = i32x4.splat(rows);
  const aboveInk = i32x4.splat(inkTop - 1);
  const belowInk = i32x4.splat(inkBottom);
  const leftOfInk = i32x4.splat(inkLeft - 1);
  const rightOfInk = i32x4.splat(inkRight);
  const strides = i32x4.splat(stride);
  const fraction = i32x4.splat(255);
  const origin = margin + MARGIN * stride + MARGIN;
  for (let y = 0; y < rows; y++, alongX += fieldStride, alongY += fieldStride) {
    let baseX = i32x4.add(i32x4.splat(b * y + e), firstX);
    let baseY = i32x4.add(i32x4.splat(d * y + f), firstY);
    for (let x = 0; x < columns; x += 4) {
      const sourceX = i32x4.add(i32x4.shr_s(baseX, 8), i32x4.mul(signX, v128.load_ext<i16>(alongX + (x << 1))));
      const sourceY = i32x4.add(i32x4.shr_s(baseY, 8), i32x4.mul(signY, v128.load_ext<i16>(alongY + (x << 1))));
      baseX = i32x4.add(baseX, stepX);
      baseY = i32x4.add(baseY, stepY);
      const left = i32x4.shr_s(sourceX, 8);
      const top = i32x4.shr_s(sourceY, 8);
      // A row may end in the middle of a vector. The surplus lanes are overwritten by the next row.
      const at = target + y * columns + x;
      const isAboveOrBelow = v128.or(i32x4.lt_s(top, aboveInk), i32x4.gt_s(top, belowInk));
      const isLeftOrRight = v128.or(i32x4.lt_s(left, leftOfInk), i32x4.gt_s(left, rightOfInk));
      if (i32x4.all_true(v128.or(isAboveOrBelow, isLeftOrRight))) {
        store<i32>(at, 0);
        continue;
      }
      const column = i32x4.min_s(i32x4.max_s(left, least), mostLeft);
      const row = i32x4.min_s(i32x4.max_s(top, least), mostTop);
      const places = i32x4.add(i32x4.mul(row, strides), column);
      store<i32>(at, interpolateFour(origin, places, stride, v128.and(sourceX, fraction), v128.and(sourceY, fraction)));
    }
  }
}

// @ts-ignore: decorator
@inline
function columnHasInk(top: usize, rows: i32, stride: i32): bool {
  for (let y = 0; y < rows; y++, top += stride) if (load<u8>(top) !== 0) return true;
  return false;
}

/** Copies a row of bytes, faster than memory.copy does for so few. @returns true if any of them is not zero */
// @ts-ignore: decorator
@inline
function copyRow(from: usize, to: usize, count: i32): bool {
  let ink = i32x4.splat(0);
  let i = 0;
  for (; i + 16 <= count; i += 16) {
    const bytes = v128.load(from + i);
    v128.store(to + i, bytes);
    ink = v128.or(ink, bytes);
  }
  for (; i + 4 <= count; i += 4) {
    const bytes = load<i32>(from + i);
    store<i32>(to + i, bytes);
    ink = v128.or(ink, i32x4.splat(bytes));
  }
  for (; i < count; i++) {
    const byte = load<u8>(from + i);
    store<u8>(to + i, byte);
    ink = v128.or(ink, i32x4.splat(byte));
  }
  return v128.any_true(ink);
}

/**
 * Bilinear interpolation of four values, returned as adjacent bytes.
 * @param places offsets of the upper left pixels from the origin
 * @param right how far to the next pixel, in 1/256; below: likewise
 */
// @ts-ignore: decorator
@inline
function interpolateFour(origin: usize, places: v128, stride: i32, right: v128, below: v128): i32 {
  const p0 = origin + i32x4.extract_lane(places, 0), p1 = origin + i32x4.extract_lane(places, 1);
  const p2 = origin + i32x4.extract_lane(places, 2), p3 = origin + i32x4.extract_lane(places, 3);
  // Each lane loads two neighbours at once, as two bytes.
  let upper = i32x4(<i32>load<u16>(p0), <i32>load<u16>(p1), <i32>load<u16>(p2), <i32>load<u16>(p3));
  let lower = i32x4(
    <i32>load<u16>(p0 + stride), <i32>load<u16>(p1 + stride), <i32>load<u16>(p2 + stride), <i32>load<u16>(p3 + stride),
  );
  const full = i32x4.splat(256);
  const pair = i32x4.splat(255);
  upper = v128.or(v128.and(upper, pair), i32x4.shl(i32x4.shr_u(upper, 8), 16));
  lower = v128.or(v128.and(lower, pair), i32x4.shl(i32x4.shr_u(lower, 8), 16));
  const sideways = v128.or(i32x4.sub(full, right), i32x4.shl(right, 16));
  const above = i32x4.dot_i16x8_s(upper, sideways);
  const under = i32x4.dot_i16x8_s(lower, sideways);
  const mixed = i32x4.add(i32x4.mul(above, i32x4.sub(full, below)), i32x4.mul(under, below));
  let grey = i32x4.shr_s(i32x4.add(mixed, i32x4.splat(32768)), 16);
  grey = v128.and(grey, i32x4.ge_s(grey, i32x4.splat(FAINTEST_INK)));
  const words = i16x8.narrow_i32x4_s(grey, grey);
  return i32x4.extract_lane(i8x16.narrow_i16x8_u(words, words), 0);
}
