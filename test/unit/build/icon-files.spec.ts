// The icons of Windows and macOS. Independent readers (icotool, Pillow) have read the files in build/icons.
import { describe, expect, it } from 'vitest';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { icnsFile, icoFile } from '../../../build/icon-files.mjs';

const FOLDER = 'build/icons';
const png = (size: number) => readFile(join(FOLDER, `${size}x${size}.png`));

it('refuses an .icns without one of its sizes', () => {
  expect(() => icnsFile([{ size: 128, png: Buffer.alloc(0) }])).toThrow(
    'An .icns file needs a picture of 256 by 256 pixels.',
  );
});

it('writes small pictures of an .ico upside down, blue first, with a mask whose rows are whole words', () => {
  // Two by two: red, green; blue, half transparent white.
  const rgba = Buffer.from([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255, 255, 255, 128]);
  const ico = icoFile([{ size: 2, png: Buffer.alloc(0), rgba }]);
  expect([...ico.subarray(0, 22)]).toEqual([0, 0, 1, 0, 1, 0, 2, 2, 0, 0, 1, 0, 32, 0, 64, 0, 0, 0, 22, 0, 0, 0]);
  expect([ico.readInt32LE(26), ico.readInt32LE(30)]).toEqual([2, 4]);
  expect([...ico.subarray(22 + 40, 22 + 56)]).toEqual([
    255, 0, 0, 255, 255, 255, 255, 128, 0, 0, 255, 255, 0, 255, 0, 255,
  ]);
  expect([...ico.subarray(22 + 56)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
});

describe('in build/icons', () => {
  it('the .ico holds every size up to 256, the large ones as the same PNG', async () => {
    const ico = await readFile(join(FOLDER, 'icon.ico'));
    const sizes = Array.from({ length: ico.readUInt16LE(4) }, (_, k) => ico[6 + 16 * k]! || 256);
    expect(sizes).toEqual([16, 24, 32, 48, 64, 128, 256]);
    for (const [k, size] of sizes.entries()) {
      const [length, offset] = [ico.readUInt32LE(14 + 16 * k), ico.readUInt32LE(18 + 16 * k)];
      const image = ico.subarray(offset, offset + length);
      if (size >= 128) expect(image.equals(await png(size))).toBe(true);
      else expect([image.readUInt32LE(0), image.readInt32LE(4), image.readInt32LE(8)]).toEqual([40, size, 2 * size]);
    }
  });

  it('the .icns holds the same PNGs, up to 1024', async () => {
    const icns = await readFile(join(FOLDER, 'icon.icns'));
    expect([icns.toString('latin1', 0, 4), icns.readUInt32BE(4)]).toEqual(['icns', icns.length]);
    const sizes: number[] = [];
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
      const image = icns.subarray(at + 8, at + icns.readUInt32BE(at + 4));
      const size = image.readUInt32BE(16);
      expect(image.equals(await png(size))).toBe(true);
      sizes.push(size);
    }
    expect(sizes).toEqual([128, 256, 512, 1024, 32, 64, 256, 512]);
  });
});
