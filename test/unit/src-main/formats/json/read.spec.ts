// Networks in JSON of other programs: named lists of numbers.
import { describe, expect, it } from 'vitest';
import { openedNetwork } from '../../../../fixtures/opened-network';

const opened = (value: unknown) => openedNetwork('n.json', new TextEncoder().encode(JSON.stringify(value)));
const NIELSEN = {
  sizes: [2, 3, 2],
  weights: [
    [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
  ],
  biases: [
    [[1], [2], [3]],
    [[7], [8]],
  ],
  cost: 'CrossEntropyCost',
};

describe('JSON is refused', () => {
  it.each<[unknown, string]>([
    [
      { class_name: 'Sequential', config: { layers: [] } },
      'it describes the layers of a Keras model without their weights. Please save the weights with model.save_weights',
    ],
    [
      { metadata: { total_size: 1 }, weight_map: { '/layers/dense/vars': ['n_00000.weights.h5'] } },
      'it is only the index of weights that are split over several files by save_weights() of Keras. ' +
        'Please save the whole model with model.save("model.keras") and choose that file.',
    ],
    [
      { metadata: {}, weight_map: { 'fc1.weight': 'model-00001-of-00002.safetensors' } },
      'split over several files. Please save the weights as one file, such as with safetensors.torch.save_file(',
    ],
    [{ hidden: 'two' }, 'it is not the JSON of a network: expected one that this app exported'],
    [[1, 2], 'expected named lists of numbers'],
    [{ W1: [[1, 1e300]], b1: [1] }, '“W1” contains a number too large for float32'],
    [
      {
        ...NIELSEN,
        weights: [
          [[1, 2], [3]],
          [
            [1, 2, 3],
            [4, 5, 6],
          ],
        ],
      },
      'its weight “weights.0.0” has the shape [2]',
    ],
    [{ hidden: [30], learningRate: 0.1, epochs: 3 }, 'n.json is settings of this app'],
  ])('%j', async (value, reason) => {
    await expect(opened(value)).rejects.toThrow(reason);
  });
});

describe('JSON beside its lists', () => {
  const arrays = {
    W1: [
      [1, 2, 3],
      [4, 5, 6],
    ],
    b1: [1, 2, 3],
    W2: [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
    b2: [1, 2],
  };

  it('may name an activation that cannot be used, or the slope of units under a strange name', async () => {
    await expect(opened({ ...arrays, activation: 'swish' })).rejects.toThrow('its metadata names the activation swish');
    await expect(opened({ ...arrays, prelu: 0.25 })).rejects.toThrow('its array “prelu” seems to be a slope');
  });

  it('says activation, slope and scaling', async () => {
    const network = await opened({ ...arrays, activation: 'LeakyReLU', negative_slope: 0.2, mean: 0.25, std: 0.5 });
    expect(network).toMatchObject({
      activation: 'leaky-relu',
      leakySlope: 0.2,
      pixels: { mean: 0.25, deviation: 0.5 },
      pixelsAreHint: true,
    });
  });
});

describe('JSON is read', () => {
  it('as network2.py of Nielsen’s book saves it, with sigmoids', async () => {
    const network = await opened(NIELSEN);
    expect(network.activation).toBe('sigmoid');
    expect(network.layers.map(({ inputs, outputs }) => [inputs, outputs])).toEqual([
      [2, 3],
      [3, 2],
    ]);
    expect(network.layers[1]).toMatchObject({ weight: Float32Array.of(1, 2, 3, 4, 5, 6), bias: Float32Array.of(7, 8) });
    expect(network.notes.at(-1)).toBe('It was saved by network2.py, whose units are sigmoids.');
  });

  it('as a dictionary of lists, in groups or not', async () => {
    const arrays = {
      W1: [
        [1, 2, 3],
        [4, 5, 6],
      ],
      b1: [1, 2, 3],
      W2: [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      b2: [1, 2],
    };
    const { layers } = await opened({ epoch: 3, name: 'mine', params: arrays });
    expect(layers).toEqual((await opened(arrays)).layers);
    expect(layers[0]).toMatchObject({ inputs: 2, outputs: 3, weight: Float32Array.of(1, 4, 2, 5, 3, 6) });
  });
});
