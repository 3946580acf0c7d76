// The first layer on sparse images: nn/linear.ts without the pixels that are zero, since they add nothing to a sum.
// Four fifths of MNIST are zeros.
//
// The weights lie in blocks of 32 units, [blocks, inputs, 32]: the 32 weights of one pixel are eight vectors side by
// side, and 32 running sums fill half of the sixteen registers, enough to keep two multiply-add units busy. The wide
// build has blocks of 64 units, of which V8 makes eight 256-bit vectors: z0 and z1 become one, and so on to ze and zf.
import { SCRATCH_BYTES } from './numbers';
import { Images, Layer, Plan, shareStart } from './plan';
import { isNull, madd, WIDE } from './simd';

/** Units in a block. */
export const BLOCK: i32 = WIDE ? 64 : 32;
const BLOCK_BYTES = BLOCK << 2;
/**
 * Images whose gradients, [TILE, BLOCK], stay in the first-level cache while the pixels stream through. At most 256,
 * because a position in the tile has eight bits.
 */
export const TILE: i32 = 128;

/**
 * z = b + the sum over the pixels that are not zero of x[i] W[i], for some rows and one block of units: [rows, BLOCK].
 * @param indices u32 [rows]: the images of the batch
 */
export function forwardSparse(
  plan: Plan, layer: Layer, images: Images, indices: usize, fromRow: i32, toRow: i32, block: i32,
): void {
  const scaledPixels = plan.scaledPixels;
  const weight = layer.weight + block * layer.inputs * BLOCK_BYTES;
  const bias = layer.bias + block * BLOCK_BYTES;
  let z = layer.output + fromRow * layer.stride + block * BLOCK_BYTES;
  for (let n = fromRow; n < toRow; n++) {
    const start = images.starts + (load<u32>(indices + (n << 2)) << 3);
    let position = images.positions + (load<u32>(start) << 1);
    const end = images.positions + (load<u32>(start, 4) << 1);
    let value = images.values + load<u32>(start);
    let z0 = v128.load(bias), z1 = v128.load(bias, 16), z2 = v128.load(bias, 32), z3 = v128.load(bias, 48);
    let z4 = v128.load(bias, 64), z5 = v128.load(bias, 80), z6 = v128.load(bias, 96), z7 = v128.load(bias, 112);
    let z8 = z0, z9 = z0, za = z0, zb = z0, zc = z0, zd = z0, ze = z0, zf = z0;
    if (WIDE) {
      z8 = v128.load(bias, 128); z9 = v128.load(bias, 144); za = v128.load(bias, 160); zb = v128.load(bias, 176);
      zc = v128.load(bias, 192); zd = v128.load(bias, 208); ze = v128.load(bias, 224); zf = v128.load(bias, 240);
    }
    // A do loop: V8 13.0 does not hoist what is constant, such as weight, out of a loop that is tested at its start.
    if (position < end) do {
      const w = weight + (<usize>load<u16>(position)) * BLOCK_BYTES;
      const x = v128.load32_splat(scaledPixels + ((<usize>load<u8>(value)) << 2));
      z0 = madd(x, v128.load(w), z0);
      z1 = madd(x, v128.load(w, 16), z1);
      z2 = madd(x, v128.load(w, 32), z2);
      z3 = madd(x, v128.load(w, 48), z3);
      if (isNull(w)) break;
      z4 = madd(x, v128.load(w, 64), z4);
      z5 = madd(x, v128.load(w, 80), z5);
      z6 = madd(x, v128.load(w, 96), z6);
      z7 = madd(x, v128.load(w, 112), z7);
      if (WIDE) {
        z8 = madd(x, v128.load(w, 128), z8);
        z9 = madd(x, v128.load(w, 144), z9);
        za = madd(x, v128.load(w, 160), za);
        zb = madd(x, v128.load(w, 176), zb);
        zc = madd(x, v128.load(w, 192), zc);
        zd = madd(x, v128.load(w, 208), zd);
        ze = madd(x, v128.load(w, 224), ze);
        zf = madd(x, v128.load(w, 240), zf);
      }
      position += 2;
      value += 1;
    } while (position < end);
    v128.store(z, z0); v128.store(z, z1, 16); v128.store(z, z2, 32); v128.store(z, z3, 48);
    v128.store(z, z4, 64); v128.store(z, z5, 80); v128.store(z, z6, 96); v128.store(z, z7, 112);
    if (WIDE) {
      v128.store(z, z8, 128); v128.store(z, z9, 144); v128.store(z, za, 160); v128.store(z, zb, 176);
      v128.store(z, zc, 192); v128.store(z, zd, 208); v128.store(z, ze, 224); v128.store(z, zf, 240);
    }
    z += layer.stride;
  }
}

// The backward pass needs the batch transposed: for each pixel, the images in which it is not zero. So W[i] is loaded
// and stored once a batch, and the sum over the images stays in registers: gradient and update are one, and no matrix
// dW is needed.
//
// These pixel lists have, for each tile of images, u16 [inputs] counts and u16 [inputs, TILE] entries: the image's
// position in the tile in the high byte, the pixel's value in the low byte. They exist twice, because a fast thread
// writes those of the next batch while a slow thread still reads.

/** Bytes of one batch's lists. The engine reserves twice as many. */
export function pixelListsBytes(inputs: i32, rows: i32): i32 {
  return ((rows + TILE - 1) / TILE) * tileBytes(inputs);
}

// @ts-ignore: decorator
@inline
function tileBytes(inputs: i32): i32 {
  return inputs * (2 + 2 * TILE);
}

/** The lists of the tile whose first row is given. */
// @ts-ignore: decorator
@inline
function listsOf(lists: usize, inputs: i32, tile: i32): usize {
  return lists + (tile / TILE) * tileBytes(inputs);
}

/**
 * Writes this thread's share of the lists: its pixels, for some rows of the batch.
 * @param fromRow a multiple of TILE
 */
export function buildPixelLists(
  plan: Plan, images: Images, inputs: i32, lists: usize, indices: usize, fromRow: i32, toRow: i32, thread: i32,
): void {
  const fromPixel = shareStart(inputs, 1, plan.threads, thread);
  const toPixel = shareStart(inputs, 1, plan.threads, thread + 1);
  const positions = images.positions, values = images.values;
  for (let tile = fromRow; tile < toRow; tile += TILE) {
    const counts = listsOf(lists, inputs, tile);
    const slots = counts + (inputs << 1);
    memory.fill(counts + (fromPixel << 1), 0, (toPixel - fromPixel) << 1);
    const tileEnd = min<i32>(tile + TILE, toRow);
    for (let n = tile; n < tileEnd; n++) {
      const start = images.starts + (load<u32>(indices + (n << 2)) << 3);
      const end = load<u32>(start, 4);
      for (let k = firstAtLeast(positions, load<u32>(start), end, fromPixel); k < end; k++) {
        const pixel = <i32>load<u16>(positions + (k << 1));
        if (pixel >= toPixel) break;
        const count = <i32>load<u16>(counts + (pixel << 1));
        store<u16>(counts + (pixel << 1), <u16>(count + 1));
        store<u16>(slots + ((pixel * TILE + count) << 1), <u16>(((n - tile) << 8) | <i32>load<u8>(values + k)));
      }
    }
  }
}

/** Binary search in the ascending positions from–to: the index of the first that is not below a pixel. */
function firstAtLeast(positions: usize, from: u32, to: u32, pixel: i32): u32 {
  while (from < to) {
    const middle = (from + to) >> 1;
    if (<i32>load<u16>(positions + (middle << 1)) < pixel) from = middle + 1;
    else to = middle;
  }
  return from;
}

/**
 * W += step × xᵀ dz, for some rows and one block of units.
 * @param weight the layer's weights, or the sums of their gradients, which have the same layout
 * @param fromRow a multiple of TILE
 */
export function updateSparse(
  plan: Plan, layer: Layer, weight: usize, step: f32, lists: usize, fromRow: i32, toRow: i32, block: i32,
): void {
  const steps = f32x4.splat(step);
  const scaledPixels = plan.scaledPixels;
  const inputs = layer.inputs;
  const stride = layer.stride;
  for (let tile = fromRow; tile < toRow; tile += TILE) {
    const counts = listsOf(lists, inputs, tile);
    const gradient = layer.gradient + tile * stride + block * BLOCK_BYTES;
    let slots = counts + (inputs << 1);
    let w = weight + block * inputs * BLOCK_BYTES;
    for (let i = 0; i < inputs; i++, slots += TILE << 1, w += BLOCK_BYTES) {
      const count = <usize>load<u16>(counts + (i << 1));
      if (count === 0) continue;
      let d0 = f32x4.splat(0), d1 = f32x4.splat(0), d2 = f32x4.splat(0), d3 = f32x4.splat(0);
      let d4 = f32x4.splat(0), d5 = f32x4.splat(0), d6 = f32x4.splat(0), d7 = f32x4.splat(0);
      let d8 = f32x4.splat(0), d9 = f32x4.splat(0), da = f32x4.splat(0), db = f32x4.splat(0);
      let dc = f32x4.splat(0), dd = f32x4.splat(0), de = f32x4.splat(0), df = f32x4.splat(0);
      const end = slots + (count << 1);
      let slot = slots;
      do {
        const entry = <usize>load<u16>(slot);
        const dz = gradient + (entry >> 8) * stride;
        const x = v128.load32_splat(scaledPixels + ((entry & 255) << 2));
        d0 = madd(x, v128.load(dz), d0);
        d1 = madd(x, v128.load(dz, 16), d1);
        d2 = madd(x, v128.load(dz, 32), d2);
        d3 = madd(x, v128.load(dz, 48), d3);
        if (isNull(dz)) break;
        d4 = madd(x, v128.load(dz, 64), d4);
        d5 = madd(x, v128.load(dz, 80), d5);
        d6 = madd(x, v128.load(dz, 96), d6);
        d7 = madd(x, v128.load(dz, 112), d7);
        if (WIDE) {
          d8 = madd(x, v128.load(dz, 128), d8);
          d9 = madd(x, v128.load(dz, 144), d9);
          da = madd(x, v128.load(dz, 160), da);
          db = madd(x, v128.load(dz, 176), db);
          dc = madd(x, v128.load(dz, 192), dc);
          dd = madd(x, v128.load(dz, 208), dd);
          de = madd(x, v128.load(dz, 224), de);
          df = madd(x, v128.load(dz, 240), df);
        }
        slot += 2;
      } while (slot < end);
      const w0 = madd(steps, d0, v128.load(w)), w1 = madd(steps, d1, v128.load(w, 16));
      v128.store(w, w0); v128.store(w, w1, 16);
      const w2 = madd(steps, d2, v128.load(w, 32)), w3 = madd(steps, d3, v128.load(w, 48));
      v128.store(w, w2, 32); v128.store(w, w3, 48);
      const w4 = madd(steps, d4, v128.load(w, 64)), w5 = madd(steps, d5, v128.load(w, 80));
      v128.store(w, w4, 64); v128.store(w, w5, 80);
      const w6 = madd(steps, d6, v128.load(w, 96)), w7 = madd(steps, d7, v128.load(w, 112));
      v128.store(w, w6, 96); v128.store(w, w7, 112);
      if (WIDE) {
        const w8 = madd(steps, d8, v128.load(w, 128)), w9 = madd(steps, d9, v128.load(w, 144));
        v128.store(w, w8, 128); v128.store(w, w9, 144);
        const wa = madd(steps, da, v128.load(w, 160)), wb = madd(steps, db, v128.load(w, 176));
        v128.store(w, wa, 160); v128.store(w, wb, 176);
        const wc = madd(steps, dc, v128.load(w, 192)), wd = madd(steps, dd, v128.load(w, 208));
        v128.store(w, wc, 192); v128.store(w, wd, 208);
        const we = madd(steps, de, v128.load(w, 224)), wf = madd(steps, df, v128.load(w, 240));
        v128.store(w, we, 224); v128.store(w, wf, 240);
      }
    }
  }
}

/**
 * Reads a byte of every cache line of the next batch's images, so that they are in the cache when they are needed:
 * their order is random, which no processor can predict. These loads do not wait for each other, as those of the
 * forward pass would. In the experiment before this engine it made the forward passes of an epoch take 65 ms instead of
 * 97, and took 6 to 8 ms itself.
 */
export function prefetchImages(plan: Plan, indices: usize, thread: i32): void {
  const images = changetype<Images>(plan.images);
  let sum: u32 = 0;
  for (let n = 0; n < plan.rows; n++) {
    const start = images.starts + (load<u32>(indices + (n << 2)) << 3);
    const from = <usize>load<u32>(start), to = <usize>load<u32>(start, 4);
    for (let p = images.positions + (from << 1); p < images.positions + (to << 1); p += 64) sum += load<u8>(p);
    for (let v = images.values + from; v < images.values + to; v += 64) sum += load<u8>(v);
  }
  store<u32>(plan.scratch + thread * SCRATCH_BYTES, sum); // or the compiler would remove the loads
}
