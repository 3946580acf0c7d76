// What the build packs is what the page unpacks.
import { expect, it } from 'vitest';
import { accuracyOf, packNetwork, quantize } from '../../../../build/pack-network.mjs';
import { unpackNetwork } from '../../../../src-renderer/draw/small-network';
import { createModel, forward, toInput } from '../../../../src-renderer/network/forward';

/** 3 pixels, 2 hidden units, 2 classes. A class is chosen by the first or the last pixel. */
const LAYERS = [
  {
    weight: [
      [1.27, 0, -0.63],
      [-1, 0.5, 2.54],
    ],
    bias: [0.25, -0.5],
  },
  {
    weight: [
      [1, -1],
      [-1, 1],
    ],
    bias: [0, 0.125],
  },
];

function unpacked(accuracy: number) {
  const { buffer, byteOffset, byteLength } = packNetwork(quantize(LAYERS), accuracy);
  return unpackNetwork(buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer);
}

it('weights return within half a step of their unit’s scale, biases and the accuracy as they were', () => {
  const { layers, accuracy } = unpacked(0.96875);
  expect(accuracy).toBe(0.96875);
  layers.forEach(({ weight, bias, inputs, outputs }, k) => {
    const from = LAYERS[k]!;
    expect([outputs, inputs]).toEqual([from.weight.length, from.weight[0]!.length]);
    expect([...bias]).toEqual(from.bias);
    from.weight.forEach((row, unit) => {
      const step = Math.max(...row.map(Math.abs)) / 127;
      row.forEach((value, at) => {
        expect(Math.abs(weight[unit * inputs + at]! - value)).toBeLessThanOrEqual(step / 2 + 1e-6);
      });
    });
  });
});

it('a unit whose weights are all zero stays so', () => {
  const [layer] = quantize([{ weight: [[0, 0]], bias: [1] }]);
  expect([...layer!.weight[0]!]).toEqual([0, 0]);
  expect(layer!.scale[0]).toBe(1);
});

it('the page predicts what the accuracy was counted from', () => {
  const images = Uint8Array.of(255, 0, 0, 0, 0, 255, 200, 30, 10, 0, 255, 255);
  const model = createModel(unpacked(1).layers, { activation: 'relu', leakySlope: 0.01 });
  const predicted = [0, 1, 2, 3].map((image) => {
    const [first, second] = forward(model, toInput(images.subarray(3 * image, 3 * image + 3))).at(-1)!;
    return first! > second! ? 0 : 1;
  });
  expect(predicted).toEqual([0, 1, 0, 1]);
  expect(accuracyOf(quantize(LAYERS), images, Uint8Array.from(predicted))).toBe(1);
  expect(accuracyOf(quantize(LAYERS), images, Uint8Array.of(1, 1, 0, 1))).toBe(0.75);
});
