import { expect, it } from 'vitest';
import type { LayerWeights } from '../../../../src-shared/networks/layers';
import { unitInWords } from '../../../../src-renderer/network/flow-words';
import { placeWithin } from '../../../../src-renderer/weights/unit-place';

const layer = (inputs: number, outputs: number): LayerWeights => ({
  weight: new Float32Array(inputs * outputs),
  bias: new Float32Array(outputs),
  inputs,
  outputs,
});

it.each([
  { layer: 3, unit: 0 },
  { layer: 1, unit: 2 },
  { layer: 7, unit: 9 },
])('is undefined in a network that has no such layer or unit: %o', (place) => {
  expect(placeWithin(place, [4, 2, 2])).toBeUndefined();
  expect(
    unitInWords(
      place,
      [
        [0, 0, 0, 0],
        [1, 1],
        [0.5, 0.5],
      ],
      [layer(4, 2), layer(2, 2)],
      ['a', 'b'],
    ),
  ).toBeUndefined();
});

it('is unchanged in a network that has such a unit', () => {
  expect(placeWithin({ layer: 2, unit: 1 }, [4, 2, 2])).toEqual({ layer: 2, unit: 1 });
  expect(placeWithin(undefined, [4, 2, 2])).toBeUndefined();
});
