import { describe, expect, it } from 'vitest';
import type { LayerWeights } from '../../../../src-shared/networks/layers';
import {
  layOutFlow,
  parametersInWords,
  placeOf,
  strongestConnections,
  unitAt,
} from '../../../../src-renderer/network/flow';
import { unitInWords } from '../../../../src-renderer/network/flow-words';

const image = { rows: 28, columns: 28 };

describe('the drawing of a network', () => {
  it.each([
    [[784, 256, 10]],
    [[784, 10]],
    [[784, 1024, 1024, 10]],
    [[784, 5000, 62]],
    [[784, 64, 64, 64, 64, 64, 64, 10]],
  ])('stands inside its room: %j', (sizes) => {
    for (const room of [
      { width: 950, height: 520 },
      { width: 640, height: 330 },
    ]) {
      const columns = layOutFlow(sizes, image, room);
      expect(columns.map(({ count }) => count)).toEqual(sizes);
      columns.forEach((column, layer) => {
        for (const unit of [0, column.count - 1]) {
          const { x, y } = placeOf(column, unit);
          expect(x).toBeGreaterThanOrEqual(0);
          expect(x).toBeLessThanOrEqual(room.width);
          expect(y).toBeGreaterThanOrEqual(0);
          expect(y).toBeLessThanOrEqual(room.height + 1);
          expect(unitAt(column, { x: x + 0.1, y })).toBe(unit);
        }
        if (layer > 0) expect(column.x).toBeGreaterThan(columns[layer - 1]!.x);
      });
    }
  });

  it('has nothing under a point beside it', () => {
    const [pixels] = layOutFlow([784, 256, 10], image, { width: 950, height: 520 });
    expect(unitAt(pixels!, { x: -1, y: 300 })).toBeUndefined();
    expect(unitAt(pixels!, { x: 10, y: 1 })).toBeUndefined();
  });
});

describe('connections', () => {
  const layer: LayerWeights = {
    inputs: 3,
    outputs: 2,
    weight: Float32Array.of(1, -2, 0, 4, 5, 6),
    bias: new Float32Array(2),
  };

  it('are sorted by the magnitude of weight times activation', () => {
    expect(strongestConnections(layer, [3, 2, 0], 3)).toEqual([
      { from: 0, to: 1, value: 12 },
      { from: 1, to: 1, value: 10 },
      { from: 1, to: 0, value: -4 },
    ]);
  });

  it('can be limited to those of one unit', () => {
    expect(strongestConnections(layer, [3, 2, 1], 9, { to: 0 }).map(({ from, value }) => [from, value])).toEqual([
      [1, -4],
      [0, 3],
    ]);
    expect(strongestConnections(layer, [3, 2, 1], 9, { from: 2 })).toEqual([{ from: 2, to: 1, value: 6 }]);
  });

  it('agree with sorting all of them', () => {
    const weight = Float32Array.from({ length: 40 * 30 }, (_, k) => Math.sin(k * 12.9898) * 3);
    const signal = Array.from({ length: 40 }, (_, k) => Math.cos(k * 7.13));
    const all = Array.from(weight, (w, k) => Math.abs(w * signal[k % 40]!)).sort((a, b) => b - a);
    const found = strongestConnections({ inputs: 40, outputs: 30, weight, bias: new Float32Array(30) }, signal, 25);
    expect(found.map(({ value }) => Math.abs(value))).toEqual(all.slice(0, 25));
  });
});

it('parameters and units are described in words', () => {
  expect(parametersInWords({ inputs: 784, outputs: 256 }, String)).toBe('784 × 256 + 256 = 200960');
  const layers: LayerWeights[] = [
    { inputs: 2, outputs: 1, weight: Float32Array.of(1, 2), bias: new Float32Array(1) },
    { inputs: 1, outputs: 2, weight: Float32Array.of(-1, 3), bias: new Float32Array(2) },
  ];
  const signals = [[0.5, 1], [2.5], [0.1, 0.9]];
  expect(unitInWords({ layer: 1, unit: 0 }, signals, layers, ['a', 'b'])).toBe(
    'Unit 1 of layer 1: gives 2.50 · most from pixel 2 (+2.00) · most to “b” (+7.50)',
  );
  expect(unitInWords({ layer: 2, unit: 0 }, signals, layers, ['a', 'b'])).toBe(
    '“a”: 10.0% · most from unit 1 of layer 1 (−2.50)',
  );
});
