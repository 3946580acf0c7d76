// Files that have only weights, as each version of Keras writes them.
import { describe, expect, it } from 'vitest';
import { parseNetwork } from '../../../../../src-main/formats/open/import-network';
import type { NetworkFile } from '../../../../../src-main/formats/open/imported-network';
import { counted, hdf5Of, type Hdf5Content } from '../../../../fixtures/keras-files';

async function read(content: Hdf5Content, name = 'n.weights.h5'): Promise<NetworkFile> {
  return parseNetwork(name, await hdf5Of(content));
}

/** Units of each layer, by candidates. */
function sizes({ candidates }: NetworkFile): number[][] {
  return candidates.map(({ layers }) =>
    layers().flatMap(({ inputs, outputs }, k) => (k === 0 ? [inputs, outputs] : [outputs])),
  );
}

const descriptions = ({ candidates }: NetworkFile) => candidates.map(({ description }) => description);

/** Kernels and biases. */
function shapesOf(layers: Record<string, [number, number]>, keys = ['vars/0', 'vars/1']): Record<string, number[]> {
  return Object.fromEntries(
    Object.entries(layers).flatMap(([path, [inputs, outputs]]) => [
      [`${path}/${keys[0]}`, [inputs, outputs]],
      [`${path}/${keys[1]}`, [outputs]],
    ]),
  );
}

const TWO = shapesOf({ 'layers/dense': [6, 4], 'layers/dense_1': [4, 3] });
const batch = (features: number, ...paths: string[]) =>
  Object.fromEntries(paths.map((path) => [path, { shape: [features], values: new Float32Array(features).fill(1) }]));
const NUMBERED_BATCH = [0, 1, 2, 3].map((k) => `layers/batch_normalization/vars/${k}`);

describe('weights are refused', () => {
  it.each<[string, Record<string, number[]>]>([
    ['conv2d', { ...TWO, 'layers/conv2d/vars/0': [3, 3, 1, 4] }],
    ['p_re_lu', { ...TWO, 'layers/p_re_lu/vars/0': [4] }],
    [
      'layer_normalization',
      { ...TWO, 'layers/layer_normalization/vars/0': [4], 'layers/layer_normalization/vars/1': [4] },
    ],
    ['embedding', { ...TWO, 'layers/embedding/vars/0': [6, 4] }],
    ['mystery', { ...TWO, 'layers/mystery/vars/0': [4] }],
    ['fc1', { 'fc1/kernel': [6, 4], 'fc1/bias': [4], 'fc1/lora_kernel_a': [6, 2], 'fc1/lora_kernel_b': [2, 4] }],
    ['of the model itself', { ...TWO, 'vars/0': [6, 4] }],
  ])('if a layer has other variables: %s', (name, shapes) =>
    expect(read({ shapes })).rejects.toThrow(`its layer “${name}” does not belong to a chain of Dense layers`),
  );

  it('if a layer without variables joins two, or changes the pixels in a way that is in no file', async () => {
    for (const name of ['add', 'concatenate_1', 'lambda', 'permute', 'elu', 'max_pooling2d']) {
      await expect(read({ shapes: TWO, groups: [`layers/${name}/vars`] }), name).rejects.toThrow(
        `its layer “${name}” does not belong to a chain`,
      );
    }
    expect(sizes(await read({ shapes: TWO, groups: ['layers/dropout/vars', 'layers/flatten/vars'] }))).toEqual([
      [6, 4, 3],
    ]);
  });

  it('if they are quantized, of 16 bits without a meaning, or integers', async () => {
    const kernel = { shape: [6, 3], values: new Int8Array(18) };
    await expect(read({ arrays: { 'layers/dense/vars/0': kernel } })).rejects.toThrow(
      'its layer “dense” is quantized to int8. Saving the model before quantize() helps',
    );
  });

  it('if a variance is negative', () => {
    const arrays = batch(4, ...NUMBERED_BATCH);
    arrays[NUMBERED_BATCH[3]!]!.values[2] = -1;
    return expect(read({ shapes: TWO, arrays })).rejects.toThrow(
      'with its normalization, one of its weights is not a finite number',
    );
  });

  it('if they do not fit each other', async () => {
    await expect(read({ shapes: shapesOf({ 'layers/dense': [6, 4], 'layers/dense_1': [5, 3] }) })).rejects.toThrow(
      'its layers do not fit each other: dense [6, 4], dense_1 [5, 3]',
    );
    await expect(read({ shapes: TWO, arrays: batch(5, ...NUMBERED_BATCH) })).rejects.toThrow('batch_normalization [5]');
    await expect(read({ shapes: { 'layers/dense/vars/0': [6, 4], 'layers/dense/vars/1': [3] } })).rejects.toThrow(
      'the kernel [6, 4] and the bias [3] of its layer “dense” do not match',
    );
  });

  it('if they are one part of several', async () => {
    const sentence = 'it is one part of weights that save_weights() split over several files';
    await expect(
      read(
        { shapes: shapesOf({ 'layers/dense': [6, 4] }), groups: ['vars', 'layers/dense_1/vars'] },
        'n_00000.weights.h5',
      ),
    ).rejects.toThrow(sentence);
    await expect(read({ shapes: shapesOf({ 'layers/dense_1': [4, 3] }) }, 'n_00001.weights.h5')).rejects.toThrow(
      sentence,
    );
    expect(sizes(await read({ shapes: TWO, groups: ['vars'] }, 'epoch_00010.weights.h5'))).toEqual([[6, 4, 3]]);
  });

  it('if there are none', () =>
    expect(read({ groups: ['layers/dense/vars'] })).rejects.toThrow('its layer “dense” has no weights'));
});

describe('weights are read, every one of them', () => {
  it.each<[string, Record<string, number[]>, string]>([
    ['Keras 3', TWO, 'dense, dense_1'],
    ['named layers', shapesOf({ 'layers/output': [4, 3], 'layers/hidden': [6, 4] }), 'hidden, output'],
    ['a class of its own', shapesOf({ out: [4, 3], fc1: [6, 4], fc2: [4, 4] }), 'fc1, fc2, out'],
    [
      'a list in a class',
      shapesOf({ head: [4, 3], 'hidden/dense': [6, 4], 'hidden/dense_1': [4, 4] }),
      'dense, dense_1, head',
    ],
    [
      'nested models',
      shapesOf({
        'layers/dense': [4, 3],
        'layers/sequential/layers/dense': [6, 5],
        'layers/sequential/layers/dense_1': [5, 4],
      }),
      'dense, dense_1, dense',
    ],
    [
      'Keras 2.12',
      shapesOf({ '_layer_checkpoint_dependencies/dense': [6, 4], '_layer_checkpoint_dependencies/dense_1': [4, 3] }),
      'dense, dense_1',
    ],
    [
      'Keras 2.12 on Windows',
      shapesOf({ '_layer_checkpoint_dependencies\\dense': [6, 4], '_layer_checkpoint_dependencies\\dense_1': [4, 3] }),
      'dense, dense_1',
    ],
    ['Keras 2.13', shapesOf({ 'layers\\dense': [6, 4], 'layers\\dense_1': [4, 3] }), 'dense, dense_1'],
    [
      'Keras 2',
      shapesOf({ 'dense/dense': [6, 4], 'dense_1/dense_1': [4, 3] }, ['kernel:0', 'bias:0']),
      'dense, dense_1',
    ],
    [
      'Keras 2 with a model within',
      shapesOf({ 'body/a': [6, 4], 'out/out': [4, 3] }, ['kernel:0', 'bias:0']),
      'a, out',
    ],
    [
      'numbers of two digits',
      shapesOf({ 'layers/h10': [4, 4], 'layers/h2': [4, 4], 'layers/h1': [6, 4], 'layers/o': [4, 3] }),
      'h1, h2, h10, o',
    ],
  ])('as %s writes them', async (_writer, shapes, description) => {
    const network = await read({ shapes, groups: ['optimizer/vars'] });
    expect(descriptions(network)).toEqual([description]);
    expect(network).toMatchObject({ activation: undefined, pixels: undefined });
    expect(network.notes.filter((note) => !note.includes('no connection skips'))).toEqual([]);
  });

  it('with the optimizer, metrics and random numbers passed over', async () => {
    const beside = {
      'optimizer/vars/0': [6, 4],
      'layers/dropout/seed_generator/vars/0': [2],
      'metrics/mean/vars/0': [1],
      '_loss_tracker/vars/0': [1],
    };
    expect(sizes(await read({ shapes: { ...TWO, ...beside } }))).toEqual([[6, 4, 3]]);
  });

  it('in the order of the numbers that Keras gave the layers, whatever the model calls them', async () => {
    const shapes = shapesOf({ head: [4, 3], 'net/layers/dense': [6, 4], zz: [4, 4], aa: [4, 4] });
    const names = {
      'net/layers/dense/vars': 'dense',
      'zz/vars': 'dense_1',
      'aa/vars': 'dense_2',
      'head/vars': 'dense_3',
    };
    const attributes = Object.fromEntries(Object.entries(names).map(([path, name]) => [path, { name }]));
    expect(descriptions(await read({ shapes, attributes }))).toEqual(['dense, dense_1, dense_2, dense_3']);
    expect(descriptions(await read({ shapes }))).toHaveLength(2);
  });

  it('in the order of the list of layers, if there is one', async () => {
    const shapes = shapesOf({ 'b/b': [4, 4], 'a/a': [4, 4], 'i/i': [6, 4], 'o/o': [4, 3] }, ['kernel:0', 'bias:0']);
    expect(
      descriptions(
        await read({ shapes, attributes: { '': { layer_names: ['i', 'dropout', 'b', 'a', 'o'] } } }, 'n.h5'),
      ),
    ).toEqual(['i, b, a, o']);
  });

  it('with batch normalization before and after the activation, the likelier one first', async () => {
    const [before, after] = ['before', 'after'].map(
      (side) => `dense, dense_1; batch normalization ${side} the activation`,
    );
    const arrays = batch(4, ...NUMBERED_BATCH);
    expect(descriptions(await read({ shapes: TWO, arrays }))).toEqual([after, before]);
    expect(descriptions(await read({ shapes: TWO, arrays, groups: ['layers/re_lu/vars'] }))).toEqual([before, after]);
    const ofClass = { ...shapesOf({ fc1: [6, 4], out: [4, 3] }) };
    expect(
      descriptions(await read({ shapes: ofClass, arrays: batch(4, ...[0, 1, 2, 3].map((k) => `bn/vars/${k}`)) }))[0],
    ).toContain('before');
  });

  it('with batch normalization where the list of layers says it', async () => {
    const shapes = shapesOf({ 'd/d': [6, 4], 'o/o': [4, 3] }, ['kernel:0', 'bias:0']);
    const arrays = batch(4, ...['gamma', 'beta', 'moving_mean', 'moving_variance'].map((role) => `n/n/${role}:0`));
    const order = (...names: string[]) => ({ '': { layer_names: names } });
    expect(descriptions(await read({ shapes, arrays, attributes: order('d', 'n', 'activation', 'o') }))).toEqual([
      'd, o; batch normalization before the activation',
    ]);
    expect(descriptions(await read({ shapes, arrays, attributes: order('d', 'n', 'o') }))).toEqual([
      'd, o; batch normalization after the activation',
    ]);
    expect(descriptions(await read({ shapes, arrays, attributes: order('d', 'activation', 'n', 'o') }))).toEqual([
      'd, o; batch normalization after the activation',
    ]);
  });

  it('with batch normalization folded, and the epsilon that was assumed', async () => {
    const values = [2, 0.5, 0.25, 4].map((value) => ({ shape: [3], values: Float32Array.of(value, value, value) }));
    const arrays = Object.fromEntries(values.map((array, k) => [`layers/batch_normalization/vars/${k}`, array]));
    const shapes = shapesOf({ 'layers/dense': [6, 3] });
    const network = await read({ shapes, arrays });
    const [layer] = network.candidates[0]!.layers();
    const scale = 2 / Math.sqrt(4 + 1e-3);
    layer!.bias.forEach((value, k) => expect(value).toBeCloseTo((counted([3], 1)[k]! - 0.25) * scale + 0.5, 5));
    expect(network.notes).toEqual([
      'Its batch normalization was folded into its Dense layers. The file does not store its epsilon: the usual ' +
        '0.001 was assumed.',
    ]);
  });

  it.each([[[]], [[9]], [[3]], [[3, 3]]])(
    'with a normalization of the pixels, whose mean is of the shape %j',
    async (shape) => {
      const side = (start: number) => ({ shape, values: counted(shape, start).map((value) => value * value + 0.5) });
      const arrays = {
        'layers/normalization/vars/0': side(0),
        'layers/normalization/vars/1': side(1),
        'layers/normalization/vars/2': { shape: [], values: Int32Array.of(5) },
      };
      const network = await read({ shapes: shapesOf({ 'layers/dense': [9, 3] }), arrays });
      const [layer] = network.candidates[0]!.layers();
      const [mean, variance] = [side(0).values, side(1).values];
      const kernel = counted([9, 3]);
      const weight = Float32Array.from(
        { length: 27 },
        (_, n) => kernel[(n % 9) * 3 + Math.floor(n / 9)]! / Math.sqrt(variance[(n % 9) % variance.length]!),
      );
      layer!.weight.forEach((value, n) => expect(value).toBeCloseTo(weight[n]!, 5));
      const offset = [...kernel.keys()]
        .filter((n) => n % 3 === 0)
        .reduce(
          (sum, n) =>
            sum - (kernel[n]! * mean[(n / 3) % mean.length]!) / Math.sqrt(variance[(n / 3) % variance.length]!),
          0,
        );
      expect(layer!.bias[0]).toBeCloseTo(counted([3], 1)[0]! + offset, 4);
    },
  );

  it('with leaky ReLU as a layer of its own, whose slope is left open', async () => {
    const groups = ['layers/leaky_re_lu/vars'];
    expect(await read({ shapes: TWO, groups })).toMatchObject({
      activation: 'leaky-relu',
      leakySlope: undefined,
      notes: [],
    });
    expect((await read({ shapes: shapesOf({ 'layers/dense': [6, 3] }), groups })).activation).toBe('relu');
    expect(await read({ shapes: TWO, groups: ['layers/re_lu/vars', 'layers/rescaling/vars'] })).toMatchObject({
      activation: undefined,
      leakySlope: undefined,
      notes: ['Its model scales the pixels, but the file does not say how.'],
    });
  });

  it('if somebody else wrote them with names of their own', async () => {
    expect(sizes(await read({ shapes: { W1: [6, 4], b1: [4], W2: [4, 3], b2: [3] } }, 'n.h5'))).toEqual([[6, 4, 3]]);
  });
});
