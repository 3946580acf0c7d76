import { describe, expect, it } from 'vitest';
import { fitDrawing, type GreyPicture } from '../../../../src-renderer/draw/fit';
import { loadMnist } from '../../../fixtures/mnist';

/** A picture of a rectangle of ink. */
function rectangle(side: number, left: number, top: number, width: number, height: number): GreyPicture {
  const ink = new Uint8Array(side * side);
  for (let y = top; y < top + height; y++) ink.fill(255, y * side + left, y * side + left + width);
  return { width: side, height: side, ink };
}

function massOf(pixels: Uint8Array, columns: number): [x: number, y: number] {
  let [total, x, y] = [0, 0, 0];
  pixels.forEach((value, k) => {
    total += value;
    x += value * ((k % columns) + 0.5);
    y += value * (Math.floor(k / columns) + 0.5);
  });
  return [x / total, y / total];
}

describe('a drawing', () => {
  it('of a square fills the box of 20 pixels in the middle of 28, wherever and however large it was drawn', () => {
    for (const picture of [
      rectangle(196, 3, 100, 40, 40),
      rectangle(196, 90, 20, 100, 100),
      rectangle(60, 0, 0, 60, 60),
    ]) {
      const fitted = fitDrawing(picture, 28, 28);
      const inside = (k: number) => k % 28 >= 4 && k % 28 < 24 && k >= 4 * 28 && k < 24 * 28;
      expect(fitted.every((value, k) => value === (inside(k) ? 255 : 0))).toBe(true);
    }
  });

  it('keeps its shape: a line four times as high as wide becomes 20 by 5', () => {
    const fitted = fitDrawing(rectangle(196, 150, 30, 20, 80), 28, 28);
    const columns = new Set([...fitted.keys()].filter((k) => fitted[k]! > 0).map((k) => k % 28));
    const rows = new Set([...fitted.keys()].filter((k) => fitted[k]! > 0).map((k) => Math.floor(k / 28)));
    expect(rows.size).toBe(20);
    expect(columns.size).toBe(5);
  });

  it('has its centre of mass within half a pixel of the middle, even if its bounding box is off-centre', () => {
    const picture = rectangle(196, 20, 20, 40, 90);
    for (let y = 100; y < 110; y++) (picture.ink as Uint8Array).fill(255, y * 196 + 20, y * 196 + 100);
    const [x, y] = massOf(fitDrawing(picture, 28, 28), 28);
    expect(Math.abs(x - 14.5)).toBeLessThanOrEqual(0.5);
    expect(Math.abs(y - 14.5)).toBeLessThanOrEqual(0.5);
  });

  it('never leaves the image: a blob with a long tail is moved only as far as the edges allow', () => {
    const picture = rectangle(196, 5, 5, 60, 60);
    for (let y = 30; y < 36; y++) (picture.ink as Uint8Array).fill(255, y * 196 + 5, y * 196 + 190);
    const fitted = fitDrawing(picture, 28, 28);
    const ink = (picture.ink as Uint8Array).reduce((sum, value) => sum + value, 0);
    const scale = 20 / 185;
    const all = fitted.reduce((sum, value) => sum + value, 0);
    expect(all / (ink * scale * scale)).toBeCloseTo(1, 1);
  });

  it('without ink stays empty', () => {
    expect(fitDrawing({ width: 5, height: 5, ink: new Uint8Array(25) }, 28, 28)).toEqual(new Uint8Array(784));
  });

  it('fits images of other sizes in proportion', () => {
    const fitted = fitDrawing(rectangle(100, 10, 10, 50, 50), 14, 42);
    const rows = new Set([...fitted.keys()].filter((k) => fitted[k]! === 255).map((k) => Math.floor(k / 42)));
    expect([...rows]).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('of faint ink becomes as dark as any', () => {
    const { ink, ...size } = rectangle(56, 10, 10, 20, 20);
    expect(Math.max(...fitDrawing({ ...size, ink: Array.from(ink, (value) => value / 5) }, 28, 28))).toBe(255);
  });
});

it('digits of MNIST, drawn seven times as large, are fitted back to themselves', async () => {
  const { test } = await loadMnist();
  let alike = 0;
  for (let image = 0; image < 100; image++) {
    const pixels = test.pixels.subarray(image * 784, (image + 1) * 784);
    const ink = Uint8Array.from(
      { length: 196 * 196 },
      (_, k) => pixels[Math.floor(k / 196 / 7) * 28 + Math.floor((k % 196) / 7)]!,
    );
    const fitted = fitDrawing({ width: 196, height: 196, ink }, 28, 28);
    const [dot, own, new_] = [sumOf(pixels, fitted), sumOf(pixels, pixels), sumOf(fitted, fitted)];
    if (dot / Math.sqrt(own * new_) > 0.9) alike++;
  }
  expect(alike).toBeGreaterThanOrEqual(90);
});

function sumOf(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, value, k) => sum + value * b[k]!, 0);
}
