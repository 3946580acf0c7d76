import { describe, expect, it } from 'vitest';
import type { Rgb } from '../../../../src-renderer/charts/hex-color';
import { disc, fill, ring, stampAt, type Pixels } from '../../../../src-renderer/map/stamps';

const PAPER: Rgb = [250, 240, 230];
const RED: Rgb = [200, 0, 0];

function paper(width: number, height: number): Pixels {
  const pixels = { width, height, data: new Uint8ClampedArray(4 * width * height) };
  fill(pixels, PAPER);
  return pixels;
}

const colorAt = ({ width, data }: Pixels, x: number, y: number): number[] => [
  ...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 4),
];
const inked = ({ width, height, data }: Pixels): number[] =>
  Array.from({ length: width * height }, (_, i) => i).filter((i) => data[4 * i] !== PAPER[0]);

describe('marks', () => {
  it('are drawn on opaque paper', () => {
    expect(colorAt(paper(2, 2), 1, 1)).toEqual([...PAPER, 255]);
  });

  it('have the area of a disc of their radius, and are symmetric', () => {
    const { side, cover } = disc(3.2);
    expect(cover.reduce((sum, share) => sum + share, 0)).toBeCloseTo(Math.PI * 3.2 ** 2, 0);
    expect(cover.map((_, i) => cover[cover.length - 1 - i]!)).toEqual(cover);
    expect(cover[(side * side - 1) / 2]).toBe(1);
  });

  it('that are rings are empty in the middle', () => {
    const { side, cover } = ring(5, 1.5);
    expect(cover[(side * side - 1) / 2]).toBe(0);
    expect(cover.reduce((sum, share) => sum + share, 0)).toBeCloseTo(Math.PI * (25 - 3.5 ** 2), -1);
  });

  it('have their colour in the middle, blended by their strength', () => {
    const pixels = paper(9, 9);
    stampAt(pixels, disc(2), 4, 4, RED, 1);
    expect(colorAt(pixels, 4, 4)).toEqual([...RED, 255]);
    expect(colorAt(pixels, 0, 0)).toEqual([...PAPER, 255]);
    stampAt(pixels, disc(2), 4, 4, PAPER, 0.5);
    expect(colorAt(pixels, 4, 4)).toEqual([225, 120, 115, 255]);
  });

  it('are clipped at the edges', () => {
    const pixels = paper(8, 8);
    stampAt(pixels, disc(1), 0, 0, RED, 1);
    expect(inked(pixels)).toEqual([0, 1, 8, 9]);
    stampAt(pixels, disc(1), -50, 4, RED, 1);
    stampAt(pixels, disc(1), 4, 900, RED, 1);
    expect(inked(pixels)).toEqual([0, 1, 8, 9]);
  });
});
