// Compares distorted images with SciPy, and with results that are known without a program.
import { describe, expect, it } from 'vitest';
import golden from '../../../../../fixtures/golden/augment.json';
import {
  augments,
  augmentTables,
  chooseImage,
  distort,
  distortBatch,
  type AugmentSettings,
  type AugmentTables,
  type ImageChoice,
} from '../../../../../../src-main/trainer/data/augment/augment';
import { FAINTEST_INK, FIELD_SIDE, TRANSFORMS } from '../../../../../../src-main/trainer/data/augment/augment-numbers';
import { gaussianBlur } from '../../../../../../src-main/trainer/data/augment/gaussian-blur';

const NONE: AugmentSettings = {
  seed: 1,
  shift: 0,
  rotation: 0,
  scaling: 0,
  shear: 0,
  elasticStrength: 0,
  elasticSmoothness: 4,
};
const PLAIN_CHOICE: ImageChoice = { transform: 0, windowX: 0, windowY: 0, signX: 1, signY: 1, swapped: false };

/** Tables with this transform first and without displacements. */
function tablesOf(transform: number[], rows: number, columns: number): AugmentTables {
  return { ...augmentTables(NONE, rows, columns, 1), transforms: Int32Array.from(transform) };
}

function distorted(
  source: Uint8Array,
  rows: number,
  columns: number,
  tables: AugmentTables,
  choice = PLAIN_CHOICE,
): number[] {
  const target = new Uint8Array(source.length);
  distort(source, target, rows, columns, tables, choice);
  return [...target];
}

const ONE = 65536;
const image = Uint8Array.from([10, 20, 30, 40, 50, 60, 70, 80, 90]);

describe('a distorted image', () => {
  it('is what SciPy interpolates, to the nearest grey level', () => {
    const { rows, columns } = golden;
    const stride = FIELD_SIDE + columns;
    const field = (values: number[]) => {
      const table = new Int16Array((FIELD_SIDE + rows) * stride);
      for (let y = 0; y < rows; y++) table.set(values.slice(y * columns, (y + 1) * columns), y * stride);
      return table;
    };
    const tables = {
      transforms: Int32Array.from(golden.transform),
      alongX: field(golden.alongX),
      alongY: field(golden.alongY),
    };
    const actual = distorted(Uint8Array.from(golden.image), rows, columns, tables);
    expect(Math.max(...golden.distorted)).toBeGreaterThan(200);
    actual.forEach((value, k) => {
      const expected = golden.distorted[k]!;
      if (value > 0 || expected > FAINTEST_INK)
        expect(Math.abs(value - expected), `pixel ${k}`).toBeLessThanOrEqual(0.502);
    });
  });

  it('drops pixels fainter than 8 of 255', () => {
    expect(
      distorted(Uint8Array.from([6, 7, 8, 9, 0, 255, 1, 2, 3]), 3, 3, tablesOf([ONE, 0, 0, 0, ONE, 0], 3, 3)),
    ).toEqual([0, 0, 8, 9, 0, 255, 0, 0, 0]);
  });

  it('is the image itself if nothing is distorted', () => {
    expect(distorted(image, 3, 3, tablesOf([ONE, 0, 0, 0, ONE, 0], 3, 3))).toEqual([...image]);
  });

  it('is shifted by whole pixels without loss, and background fills the gap', () => {
    expect(distorted(image, 3, 3, tablesOf([ONE, 0, -ONE, 0, ONE, 0], 3, 3))).toEqual([
      0, 10, 20, 0, 40, 50, 0, 70, 80,
    ]);
  });

  it('is the mean of two neighbours if it is shifted by half a pixel', () => {
    expect(distorted(image, 3, 3, tablesOf([ONE, 0, 0, 0, ONE, ONE / 2], 3, 3)).slice(0, 3)).toEqual([25, 35, 45]);
  });

  it('is rotated by a quarter turn exactly', () => {
    expect(distorted(image, 3, 3, tablesOf([0, -ONE, 2 * ONE, ONE, 0, 0], 3, 3))).toEqual([
      30, 60, 90, 20, 50, 80, 10, 40, 70,
    ]);
  });

  it('is background if it is shifted beyond its edges', () => {
    expect(distorted(image, 3, 3, tablesOf([ONE, 0, 500 * ONE, 0, ONE, -500 * ONE], 3, 3))).toEqual(
      new Array(9).fill(0),
    );
  });
});

describe('the tables of an epoch', () => {
  it('shift by no more than the setting, in all directions', () => {
    const { transforms } = augmentTables({ ...NONE, shift: 2 }, 28, 28, 1);
    const shifts = Array.from({ length: TRANSFORMS }, (_, k) => [
      transforms[6 * k + 2]! / ONE,
      transforms[6 * k + 5]! / ONE,
    ]).flat();
    expect(Math.min(...shifts)).toBeGreaterThanOrEqual(-2);
    expect(Math.max(...shifts)).toBeLessThanOrEqual(2);
    expect(Math.min(...shifts)).toBeLessThan(-1.9);
    expect(Math.max(...shifts)).toBeGreaterThan(1.9);
  });

  it.each([
    {
      name: 'turn by up to the setting',
      settings: { rotation: 30 },
      measure: (a: number, b: number) => Math.abs((Math.atan2(b, a) * 180) / Math.PI),
      most: 30,
    },
    {
      name: 'slant by up to the setting',
      settings: { shear: 20 },
      measure: (a: number, b: number) => Math.abs((Math.atan2(b, a) * 180) / Math.PI),
      most: 20,
    },
    {
      name: 'scale by up to the setting',
      settings: { scaling: 25 },
      measure: (a: number) => Math.abs(100 * (1 / a - 1)),
      most: 25,
    },
  ])('$name, and keep the middle where it is', ({ settings, measure, most }) => {
    const { transforms } = augmentTables({ ...NONE, ...settings }, 28, 20, 1);
    const measures = Array.from({ length: TRANSFORMS }, (_, k) => {
      const [a, b, e, c, d, f] = [...transforms.subarray(6 * k, 6 * k + 6)].map((value) => value / ONE) as [
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      expect(a * 9.5 + b * 13.5 + e).toBeCloseTo(9.5, 3);
      expect(c * 9.5 + d * 13.5 + f).toBeCloseTo(13.5, 3);
      return measure(a, b);
    });
    expect(Math.max(...measures)).toBeLessThan(most + 0.01);
    expect(Math.max(...measures)).toBeGreaterThan(0.95 * most);
  });

  it('displace by as much as smoothed uniform noise does: α √(1/3) / (2 σ √π) pixels', () => {
    const { alongX } = augmentTables({ ...NONE, elasticStrength: 34, elasticSmoothness: 4 }, 28, 28, 1);
    const deviation = Math.sqrt(alongX.reduce((sum, value) => sum + (value / 256) ** 2, 0) / alongX.length);
    expect(deviation / ((34 * Math.sqrt(1 / 3)) / (2 * 4 * Math.sqrt(Math.PI)))).toBeGreaterThan(0.85);
    expect(deviation / ((34 * Math.sqrt(1 / 3)) / (2 * 4 * Math.sqrt(Math.PI)))).toBeLessThan(1.15);
  });

  it('differ between epochs and seeds, but not between calls', () => {
    const settings = { ...NONE, rotation: 10, elasticStrength: 34 };
    const of = (seed: number, epoch: number) => augmentTables({ ...settings, seed }, 8, 8, epoch);
    expect(of(1, 1)).toEqual(of(1, 1));
    expect(of(1, 1).transforms).not.toEqual(of(1, 2).transforms);
    expect(of(1, 1).alongX).not.toEqual(of(1, 2).alongX);
    expect(of(1, 1).alongX).not.toEqual(of(2, 1).alongX);
    expect(of(1, 1).alongX).not.toEqual(of(1, 1).alongY);
  });
});

it('smooths as SciPy does', () => {
  let state = 12345;
  const noise = Float64Array.from({ length: golden.side ** 2 }, () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return (2 * state) / 2 ** 32 - 1;
  });
  for (const { sigma, values } of golden.blurs) {
    const smooth = gaussianBlur(noise, golden.side, sigma);
    [
      [0, 0],
      [0, 63],
      [63, 1],
      [17, 40],
      [40, 17],
      [5, 6],
    ].forEach(([y, x], k) => {
      expect(smooth[y! * golden.side + x!]).toBeCloseTo(values[k]!, 12);
    });
  }
});

describe('a batch', () => {
  it('chooses differently for every image and update', () => {
    const choices = new Set(
      [0, 1].flatMap((update) => [0, 1, 2, 3].map((row) => JSON.stringify(chooseImage(1, update, row)))),
    );
    expect(choices.size).toBe(8);
  });

  it('has its images in the order of the positions', () => {
    const pixels = Uint8Array.from({ length: 4 * 9 }, (_, k) => 10 * (Math.floor(k / 9) + 1));
    const tables = tablesOf(
      [...Array(TRANSFORMS)].flatMap(() => [ONE, 0, 0, 0, ONE, 0]),
      3,
      3,
    );
    expect([...distortBatch(pixels, [3, 1], { rows: 3, columns: 3 }, tables, { seed: 1, update: 0 })]).toEqual([
      ...Array(9).fill(40),
      ...Array(9).fill(20),
    ]);
  });
});

it('detects whether any distortion is on', () => {
  expect(augments(NONE)).toBe(false);
  for (const field of ['shift', 'rotation', 'scaling', 'shear', 'elasticStrength'] as const)
    expect(augments({ ...NONE, [field]: 1 })).toBe(true);
});
