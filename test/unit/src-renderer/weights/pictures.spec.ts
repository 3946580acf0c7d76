import { expect, it } from 'vitest';
import { readyPictures } from '../../../../src-renderer/weights/pictures';

it('pictures of several epochs can be drawn on one scale', () => {
  const pictures = { units: 2, rows: 1, columns: 2, limit: 0.1, pixels: Int8Array.of(127, -64, 10, 0) };
  expect([...readyPictures(pictures).pixelsOf(0)]).toEqual([127, -64]);
  expect([...readyPictures(pictures, 0.2).pixelsOf(0)]).toEqual([64, -32]);
  expect(readyPictures(pictures, 0.2).limit).toBe(0.2);
});
