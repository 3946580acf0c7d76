// Models with their configuration, as Keras 2 and 3 store them: the imported network has the same outputs.
import { describe, expect, it } from 'vitest';
import { parseNetwork } from '../../../../../src-main/formats/open/import-network';
import { RAW_PIXELS, UNIT_PIXELS } from '../../../../../src-main/formats/open/imported-network';
import {
  counted,
  dense,
  hdf5Of,
  kerasArchive,
  layer,
  sequential,
  type Hdf5Content,
  type LayerConfig,
} from '../../../../fixtures/keras-files';
import {
  archive,
  expectOutputs,
  relu,
  first,
  second,
  WEIGHTS,
  KERNEL,
  BIAS,
  KERNEL_1,
  BIAS_1,
  X,
  INPUT,
  IMAGE,
  HIDDEN,
  OUTPUT,
  type Vector,
} from '../../../../fixtures/keras-models';

describe('a model is refused', () => {
  const refused = async (layers: LayerConfig[], sentence: string, content: Hdf5Content = {}) =>
    expect(archive(layers, content)).rejects.toThrow(sentence);

  it.each([
    [layer('PReLU'), '“prelu” (PReLU) has the activation PReLU, whose slopes are trained'],
    [layer('ELU'), '“elu” (ELU) does not belong to a chain of Dense layers'],
    [layer('ReLU', { max_value: 6 }), 'ReLU that is capped at 6'],
    [layer('ReLU', { threshold: 0.5 }), 'ReLU with the threshold 0.5'],
    [layer('Activation', { activation: 'swish' }), 'has the activation swish'],
    [layer('Activation', { activation: { class_name: '__lambda__', config: {} } }), 'has the activation __lambda__'],
    [layer('Activation', { activation: 'constructor' }), 'has the activation constructor'],
    [layer('Lambda'), 'runs a Python function, which is not opened'],
    [layer('LayerNormalization'), '(LayerNormalization) does not belong to a chain of Dense layers'],
    [layer('Activation', { activation: 'tanh' }), 'its activations tanh and relu follow each other'],
  ])('if it has a layer of another kind: %j', (other, sentence) =>
    refused([INPUT, dense('first'), other, layer('Activation', { activation: 'relu' }), OUTPUT], sentence),
  );

  it('if its hidden layers have two activations or softmax, or its last one ReLU', async () => {
    await refused(
      [INPUT, dense('first', 'softmax'), OUTPUT],
      'its layer “first” has the activation softmax between Dense layers',
    );
    const shapes = { ...WEIGHTS, 'layers/dense_2/vars/0': [3, 2], 'layers/dense_2/vars/1': [2] };
    await refused(
      [INPUT, HIDDEN, dense('b', 'tanh'), dense('c')],
      'it has two activations, relu in “first” and tanh in “b”',
      { shapes },
    );
    await refused([INPUT, HIDDEN, dense('second', 'relu')], 'its last layer “second” has the activation relu');
  });

  it('if Dense is applied to rows of images, or quantized', async () => {
    await refused(
      [IMAGE, HIDDEN, OUTPUT],
      '“first” (Dense) is applied to each row of images of 2×3: expected a Flatten layer before it',
    );
    await refused(
      [INPUT, dense('first', 'relu', { dtype: { config: { name: 'int8_from_float32' } } }), OUTPUT],
      '“first” (Dense) is quantized',
    );
  });

  it('if variables are left over, or missing', async () => {
    await refused([INPUT, HIDDEN, OUTPUT], 'its variables layers/more/vars/0 belong to no layer of its configuration', {
      shapes: { ...WEIGHTS, 'layers/more/vars/0': [2] },
    });
    await refused(
      [INPUT, HIDDEN, OUTPUT, dense('third')],
      'its layer “third” (Dense) has 0 variables (none): expected kernel, bias',
    );
    await refused(
      [INPUT, dense('first', 'relu', { use_bias: false }), OUTPUT],
      'its layer “first” (Dense) has 2 variables',
    );
  });

  it('if the archive is of another program, or its configuration is damaged', async () => {
    const weights = await hdf5Of({ shapes: WEIGHTS });
    await expect(parseNetwork('n.keras', kerasArchive('{', weights))).rejects.toThrow(
      'the configuration of its model is not JSON',
    );
    await expect(parseNetwork('n.keras', new TextEncoder().encode('<html>'))).rejects.toThrow(
      'n.keras is a web page: expected a network.',
    );
  });
});

describe('a model is read', () => {
  it.each([
    ['relu', 'relu', undefined],
    ['sigmoid', 'sigmoid', undefined],
    ['tanh', 'tanh', undefined],
    ['gelu', 'gelu', undefined],
    ['leaky_relu', 'leaky-relu', 0.2],
    [{ class_name: 'LeakyReLU', config: { negative_slope: 0.1 } }, 'leaky-relu', 0.1],
    [{ class_name: 'LeakyReLU', config: { alpha: 0.30000001192092896 } }, 'leaky-relu', 0.3],
    [{ class_name: 'function', config: 'tanh' }, 'tanh', undefined],
  ])('with the activation that its configuration says: %j', async (given, activation, leakySlope) => {
    const network = await archive([INPUT, dense('first', given), OUTPUT]);
    expect(network).toMatchObject({ activation, leakySlope, pixels: undefined, notes: [] });
    if (activation !== 'gelu')
      expectOutputs(
        network,
        second(
          first(X).map(
            (v) =>
              ({
                relu: Math.max(0, v),
                sigmoid: 1 / (1 + Math.exp(-v)),
                tanh: Math.tanh(v),
                'leaky-relu': v > 0 ? v : v * (leakySlope ?? 0),
              })[activation]!,
          ),
        ),
      );
  });

  it.each([
    [layer('ReLU'), 'relu', undefined],
    [layer('ReLU', { max_value: null, negative_slope: 0.1, threshold: 0 }), 'leaky-relu', 0.1],
    [layer('LeakyReLU'), 'leaky-relu', 0.3],
    [layer('Activation', { activation: 'tanh' }), 'tanh', undefined],
  ])(
    'with an activation that is a layer, and layers that only training needs: %j',
    async (config, activation, leakySlope) => {
      expect(
        await archive([
          INPUT,
          dense('first'),
          layer('Dropout'),
          config,
          layer('GaussianNoise'),
          dense('second'),
          layer('Softmax'),
        ]),
      ).toMatchObject({ activation, leakySlope });
    },
  );

  it('without a slope if a function that is not Keras’s own is called leaky_relu', async () => {
    const own = dense('first', { class_name: 'function', config: 'leaky_relu' });
    expect(await archive([INPUT, own, OUTPUT])).toMatchObject({ activation: 'leaky-relu', leakySlope: undefined });
  });

  it('with the shape of its images, and the scaling of their pixels', async () => {
    const scaled = await archive([
      IMAGE,
      layer('Rescaling', { scale: 1 / 127.5, offset: -1 }),
      layer('Flatten'),
      HIDDEN,
      OUTPUT,
    ]);
    expect(scaled).toMatchObject({ pixels: RAW_PIXELS, imageShape: [2, 3], activation: 'relu' });
    const raw = X.map((value) => value * 100);
    expectOutputs(scaled, second(relu(first(raw.map((value) => value / 127.5 - 1)))), raw);
    const unit = await archive([IMAGE, layer('Rescaling', { scale: 2, offset: -1 }), layer('Flatten'), HIDDEN, OUTPUT]);
    expect(unit.pixels).toEqual(UNIT_PIXELS);
  });

  it('with the order of pixels that Permute makes', async () => {
    const network = await archive([IMAGE, layer('Permute', { dims: [2, 1] }), layer('Flatten'), HIDDEN, OUTPUT]);
    expectOutputs(network, second(relu(first([0, 3, 1, 4, 2, 5].map((k) => X[k]!)))));
  });

  it('with normalization of all pixels, of each one, and of columns', async () => {
    const [mean, variance] = [counted([6], 4), counted([6], 5).map((value) => value * value + 0.1)];
    const normalization = (sides: number[], at: number) => ({
      [`layers/normalization/vars/${at}`]: {
        shape: sides,
        values: (at === 0 ? mean : variance).slice(
          0,
          sides.reduce((a, b) => a * b, 1),
        ),
      },
    });
    const read = (axis: number[] | null, sides: number[]) =>
      archive([IMAGE, layer('Normalization', { axis }), layer('Flatten'), HIDDEN, OUTPUT], {
        arrays: {
          ...normalization(sides, 0),
          ...normalization(sides, 1),
          'layers/normalization/vars/2': { shape: [], values: Int32Array.of(9) },
        },
      });
    const normalized = (k: number, from: number) => (X[k]! - mean[from]!) / Math.sqrt(variance[from]!);
    expectOutputs(await read(null, []), second(relu(first(X.map((_, k) => normalized(k, 0))))));
    expectOutputs(await read([1, 2], [2, 3]), second(relu(first(X.map((_, k) => normalized(k, k))))));
    expectOutputs(await read([-1], [3]), second(relu(first(X.map((_, k) => normalized(k, k % 3))))));
    await expect(read([-1], [2])).rejects.toThrow('contains 2 numbers, which do not fit images of 2×3');
    const given = await archive([
      INPUT,
      layer('Normalization', { axis: null, mean: 0.1307, variance: 0.0949 }),
      HIDDEN,
      OUTPUT,
    ]);
    expectOutputs(given, second(relu(first(X.map((value) => (value - 0.1307) / Math.sqrt(0.0949))))));
  });

  it.each([
    [true, true],
    [true, false],
    [false, true],
    [false, false],
  ])('with batch normalization before and after the activation: scale %s, center %s', async (scale, center) => {
    const roles = [...(scale ? ['gamma'] : []), ...(center ? ['beta'] : []), 'mean', 'variance'];
    const values = roles.map((role, k) =>
      counted([4], k + 6).map((value) => (role === 'variance' ? value * value + 0.1 : value)),
    );
    const arrays = Object.fromEntries(
      values.map((array, k) => [`layers/batch_normalization/vars/${k}`, { shape: [4], values: array }]),
    );
    const of = (role: string, k: number, fallback: number) => values[roles.indexOf(role)]?.[k] ?? fallback;
    const normalize = (x: Vector) =>
      x.map(
        (value, k) =>
          (of('gamma', k, 1) * (value - of('mean', k, 0))) / Math.sqrt(of('variance', k, 0) + 0.01) + of('beta', k, 0),
      );
    const batch = layer('BatchNormalization', { axis: [1], epsilon: 0.01, scale, center });
    expectOutputs(
      await archive([INPUT, dense('first'), batch, layer('ReLU'), OUTPUT], { arrays }),
      second(relu(normalize(first(X)))),
    );
    expectOutputs(await archive([INPUT, HIDDEN, batch, OUTPUT], { arrays }), second(normalize(relu(first(X)))));
  });

  it('with Dense layers that follow each other without an activation, which become one', async () => {
    const network = await archive([INPUT, dense('first'), dense('second')]);
    expect(network.candidates[0]!.layers()).toHaveLength(1);
    expect(network.notes).toEqual([
      'Its layer “second” follows a linear layer without an activation: the two were merged into one.',
    ]);
    expectOutputs({ ...network, activation: 'relu' }, second(first(X)));
  });

  it('with outputs of sigmoid, and says so', async () => {
    const { notes } = await archive([INPUT, HIDDEN, dense('second', 'sigmoid')]);
    expect(notes.join()).toContain('Its outputs are those of sigmoid.');
  });

  it('from .h5 of Keras 2: weights by layer names, nested models, and lists of layers without a model', async () => {
    const inner = {
      class_name: 'Sequential',
      config: { name: 'body', layers: [dense('first', 'relu')] },
    } as unknown as LayerConfig;
    const of = (config: object, at: string) =>
      hdf5Of({
        arrays: Object.fromEntries(
          [
            [`model_weights/${at}/first/kernel:0`, KERNEL, [6, 4]],
            [`model_weights/${at}/first/bias:0`, BIAS, [4]],
            ['model_weights/second/second/kernel:0', KERNEL_1, [4, 3]],
            ['model_weights/second/second/bias:0', BIAS_1, [3]],
          ].map(([path, values, shape]) => [
            path as string,
            { values: values as Float32Array, shape: shape as number[] },
          ]),
        ),
        shapes: { 'optimizer_weights/Adam/dense/kernel/m:0': [6, 4] },
        attributes: { '': { model_config: JSON.stringify(config), keras_version: '2.15.0' } },
      });
    const expected = second(relu(first(X)));
    expectOutputs(await parseNetwork('n.h5', await of(sequential(HIDDEN, OUTPUT), 'first')), expected);
    expectOutputs(
      await parseNetwork('n.hdf5', await of({ class_name: 'Sequential', config: [HIDDEN, OUTPUT] }, 'first')),
      expected,
    );
    expectOutputs(await parseNetwork('n.weights.h5', await of(sequential(inner, OUTPUT), 'body')), expected);
  });

  it('if its class is its own: by its weights alone', async () => {
    const bytes = kerasArchive(
      { class_name: 'Digits', module: 'my.models', config: {} },
      await hdf5Of({ shapes: { 'fc1/vars/0': [6, 4], 'out/vars/0': [4, 3] } }),
    );
    const network = await parseNetwork('n.keras', bytes);
    expect(network).toMatchObject({ activation: undefined, candidates: [{ description: 'fc1, out' }] });
    expect(network.notes[0]).toContain('Its model is a Python class');
  });
});
