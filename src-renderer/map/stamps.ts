// Stamps thousands of small round marks into the pixels of a picture, much faster than paths on a canvas. Pure.
import type { Rgb } from '../charts/hex-color';

/** A mark: how much of each pixel it covers, 0 to 1, [side, side]. Its centre is the middle pixel. */
export interface Stamp {
  side: number;
  cover: Float32Array;
}

/** RGBA, [height, width, 4], opaque. */
export interface Pixels {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

/** @param radius device pixels */
export function disc(radius: number): Stamp {
  return createStamp(radius, (distance) => radius - distance);
}

/** @param radius to the outer edge. @param line its width. Both in device pixels */
export function ring(radius: number, line: number): Stamp {
  return createStamp(radius, (distance) => Math.min(radius - distance, distance - (radius - line)));
}

/** @param depth how far inside the mark a point is, by its distance from the centre. Edges are softened over a pixel */
function createStamp(radius: number, depth: (distance: number) => number): Stamp {
  const reach = Math.ceil(radius);
  const side = 2 * reach + 1;
  const cover = new Float32Array(side * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++)
      cover[y * side + x] = Math.max(0, Math.min(1, depth(Math.hypot(x - reach, y - reach)) + 0.5));
  }
  return { side, cover };
}

/** Fills the picture with one colour. */
export function fill({ data }: Pixels, [red, green, blue]: Rgb): void {
  new Uint32Array(data.buffer, data.byteOffset, data.length / 4).fill(
    ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0,
  );
}

/**
 * Blends a mark into the picture, centred on the nearest pixel and clipped at the edges.
 * @param strength opacity, 0 to 1
 */
export function stampAt(
  { width, height, data }: Pixels,
  { side, cover }: Stamp,
  centreX: number,
  centreY: number,
  color: Rgb,
  strength: number,
): void {
  const reach = (side - 1) / 2;
  const [left, top] = [Math.round(centreX) - reach, Math.round(centreY) - reach];
  const [fromX, toX] = [Math.max(0, -left), Math.min(side, width - left)];
  const [fromY, toY] = [Math.max(0, -top), Math.min(side, height - top)];
  for (let y = fromY; y < toY; y++) {
    for (let x = fromX; x < toX; x++) {
      const share = cover[y * side + x]! * strength;
      if (share === 0) continue;
      const at = 4 * ((top + y) * width + left + x);
      data[at] = data[at]! + (color[0] - data[at]!) * share;
      data[at + 1] = data[at + 1]! + (color[1] - data[at + 1]!) * share;
      data[at + 2] = data[at + 2]! + (color[2] - data[at + 2]!) * share;
    }
  }
}
