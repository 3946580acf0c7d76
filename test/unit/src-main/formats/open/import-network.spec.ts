import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StudioError } from '../../../../../src-shared/errors';
import { CHOICE_FIELDS } from '../../../../../src-shared/settings/settings-fields';
import type { Activation } from '../../../../../src-shared/settings/settings';
import { EXPORT_FORMATS } from '../../../../../src-main/formats/save/formats';
import { parseNetwork } from '../../../../../src-main/formats/open/import-network';
import { UNIT_PIXELS } from '../../../../../src-main/formats/open/imported-network';
import { IMPORT_SUFFIXES, ROUND_TRIP_SUFFIXES } from '../../../../../src-shared/networks/network-formats';
import { npyFloat32, npyOf, npzOf, npzOfEntries, ones, safetensorsOf, SMALL } from '../../../../fixtures/network-files';
import { openedNetwork, openedNetworkFile } from '../../../../fixtures/opened-network';

const text = (words: string) => new TextEncoder().encode(words);
const JSON_TEXT = new TextDecoder().decode(EXPORT_FORMATS['.json'].encode(SMALL, '1'));

async function refusalOf(file: string, bytes: Uint8Array): Promise<string> {
  try {
    await openedNetwork(file, bytes);
  } catch (error) {
    if (!(error instanceof StudioError)) throw error;
    expect(error.message).toContain(file);
    expect(error.message).toMatch(/ Please .+\.$/);
    return error.message;
  }
  throw new Error(`${file} was taken.`);
}

/** A safetensors file of one layer [2, 3] with bias, whose header is changed. */
function tensors(changes: Record<string, unknown>, bytes = 32): Uint8Array {
  const weight = { dtype: 'F32', shape: [2, 3], data_offsets: [0, 24] };
  return safetensorsOf(
    { 'fc1.weight': weight, 'fc1.bias': { dtype: 'F32', shape: [2], data_offsets: [24, 32] }, ...changes },
    new Uint8Array(ones(bytes / 4).buffer),
  );
}

const npyFloats = (type: string, bytes: number[], shape = '(2, 1)') =>
  npyOf(`{'descr': '${type}', 'fortran_order': False, 'shape': ${shape}, }`, Uint8Array.from(bytes));
const withBias = (weight: Uint8Array) =>
  npzOfEntries({ 'fc1.weight.npy': weight, 'fc1.bias.npy': npyFloat32(ones(2), [2]) });

describe('a file is refused', () => {
  it('where its name says no format, or one that could run a program', async () => {
    expect(await refusalOf('network.txt', text('words'))).toContain(
      'expected one that ends with .npz, .safetensors, .onnx, .weights.h5, .json',
    );
    expect(await refusalOf('model.pt', text('a pickle'))).toContain(
      'may contain a program that runs when it is opened',
    );
    expect(await refusalOf('network.txt', text('{}'))).toBe(
      'network.txt is a JSON file. Please give it a name that ends with .json.',
    );
    expect(await refusalOf('model.onnx.data', text(''))).toContain(
      'contains only the weights of a network. Please choose the file beside it',
    );
  });

  it.each(IMPORT_SUFFIXES)('where it is empty, or bytes without a meaning: %s', (suffix) => {
    refusalOf(`n${suffix}`, new Uint8Array());
    refusalOf(
      `n${suffix}`,
      Uint8Array.from({ length: 3000 }, (_, n) => (n * 7919) % 251),
    );
  });

  it('where a .npz unpacks to more than it announces, or to more than a gibibyte', async () => {
    const zip = npzOf({ W1: [30, 40], b1: [40] }, 6);
    const sizeInDirectory = zip.length - 22 - 2 * (46 + 6) + 24;
    const lying = zip.slice();
    new DataView(lying.buffer).setUint32(sizeInDirectory, 100, true);
    expect(await refusalOf('n.npz', lying)).toContain('its file “W1.npy” cannot be unpacked');
    new DataView(lying.buffer).setUint32(sizeInDirectory, 0x7fffffff, true);
    expect(await refusalOf('n.npz', lying)).toContain('expected at most 1073741824');
  });

  it('where a text of a .npz tells of an activation that cannot be used', async () => {
    const said = (letter: string, bytes: number[]) =>
      npzOfEntries({ 'W.npy': npyFloat32(ones(6), [3, 2]), 'activation.npy': npyFloats(`${letter}3`, bytes, '()') });
    expect(await refusalOf('n.npz', said('|S', [0x65, 0x6c, 0x75]))).toContain('its metadata names the activation elu');
    expect(await refusalOf('n.npz', said('<U', [0x65, 0, 0, 0, 0x6c, 0, 0, 0, 0x75, 0, 0, 0]))).toContain(
      'its metadata names the activation elu',
    );
  });

  it('where a .npz is damaged, lies over itself or holds something else', async () => {
    const zip = npzOf({ W1: [30, 40], b1: [40] });
    const damaged = zip.slice();
    damaged[400]! ^= 1;
    expect(await refusalOf('n.npz', damaged)).toContain('its file “W1.npy” is damaged');
    const overlapping = zip.slice();
    new DataView(overlapping.buffer).setUint32(zip.length - 22 - 52 + 42, 0, true);
    expect(await refusalOf('n.npz', overlapping)).toContain('overlaps another one');
    expect(await refusalOf('n.npz', npzOfEntries({ 'run.py': text('x') }))).toContain(
      'it contains “run.py”, which is not a NumPy array',
    );
    expect(await refusalOf('n.npz', zip.slice(0, -30))).toContain('it is not a ZIP archive, or it is cut off');
  });

  it('where an array holds Python objects, integers, NaN, infinity, or not the numbers that its shape promises', async () => {
    expect(await refusalOf('n.npz', withBias(npyFloats('|O', [0x80, 4, 0x63])))).toContain(
      'holds Python objects, which could be programs',
    );
    expect(await refusalOf('n.npz', withBias(npyFloats('<i4', Array<number>(8).fill(0))))).toContain(
      'holds integers (int32): expected float16, float32 or float64.',
    );
    expect(await refusalOf('n.npz', withBias(npyFloat32(Float32Array.of(1, NaN), [2, 1])))).toContain(
      'holds NaN, infinity or a number too large',
    );
    expect(await refusalOf('n.npz', withBias(npyFloats('<f4', [0, 0, 0x80, 0x7f, 0, 0, 0, 0])))).toContain(
      'holds NaN, infinity or a number too large',
    );
    expect(
      await refusalOf('n.npz', withBias(npyFloats('<f8', [...new Uint8Array(Float64Array.of(1e300, 1).buffer)]))),
    ).toContain('holds NaN, infinity or a number too large');
    expect(await refusalOf('n.npz', withBias(npyFloats('<f4', [0, 0, 0, 0])))).toContain(
      'has 4 bytes, but its shape and type promise 8',
    );
    expect(await refusalOf('n.npz', withBias(npyFloats('<f4', [], '(2, 99999999999)')))).toContain(
      'expected at most 134217728',
    );
    expect(await refusalOf('n.npz', withBias(npyOf("[('a', '<f4')]", new Uint8Array())))).toContain(
      'is not a plain array of numbers',
    );
  });

  it('where a safetensors header is huge, lies about places, or says something twice', async () => {
    const huge = tensors({});
    new DataView(huge.buffer).setBigUint64(0, 1n << 60n, true);
    expect(await refusalOf('n.safetensors', huge)).toContain('its header is longer than the file');
    expect(
      await refusalOf('n.safetensors', tensors({ 'fc1.bias': { dtype: 'F32', shape: [2], data_offsets: [20, 28] } })),
    ).toContain('the tensor fc1.bias is not where its shape says');
    expect(
      await refusalOf('n.safetensors', tensors({ 'fc1.bias': { dtype: 'F32', shape: [2], data_offsets: [24, 40] } })),
    ).toContain('the tensor fc1.bias is not where its shape says');
    expect(await refusalOf('n.safetensors', tensors({}, 36))).toContain('it has bytes after its last tensor');
    expect(
      await refusalOf(
        'n.safetensors',
        tensors({ 'fc1.weight': { dtype: 'F32', shape: [2, 4], data_offsets: [0, 24] } }),
      ),
    ).toContain('has 24 bytes, but its shape and type promise 32');
    expect(
      await refusalOf(
        'n.safetensors',
        tensors({ 'fc1.weight': { dtype: 'I32', shape: [2, 3], data_offsets: [0, 24] } }),
      ),
    ).toContain('holds integers (int32)');
    const entry = '"fc1.weight":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}';
    expect(await refusalOf('n.safetensors', safetensorsOf(`{${entry},${entry}}`, new Uint8Array(4)))).toContain(
      'its header does not match the format',
    );
    expect(
      await refusalOf(
        'n.safetensors',
        safetensorsOf('{"__proto__":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}', new Uint8Array(4)),
      ),
    ).toContain('its header does not match');
  });

  it('where ONNX is cut off by a single byte', async () => {
    expect(await refusalOf('n.onnx', EXPORT_FORMATS['.onnx'].encode(SMALL, '1').slice(0, -1))).toContain(
      'it is not an ONNX file, or it is damaged',
    );
  });

  it('where HDF5 leads in a circle: a group in itself, or a header that goes on in itself', async () => {
    const whole = EXPORT_FORMATS['.weights.h5'].encode(SMALL, '1');
    const root = Number(new DataView(whole.buffer).getBigUint64(64, true));
    const circle = whole.slice();
    // The entries of the last leaf, which is the root's, point to the root.
    const leaf = new TextDecoder('latin1').decode(whole).lastIndexOf('SNOD');
    for (let k = 0; k < 3; k++) new DataView(circle.buffer).setBigUint64(leaf + 8 + 40 * k + 8, BigInt(root), true);
    expect(await refusalOf('n.weights.h5', circle)).toContain('its HDF5 structure is damaged');
    const loop = whole.slice();
    const view = new DataView(loop.buffer);
    view.setUint16(root + 16, 0x10, true);
    view.setBigUint64(root + 24, BigInt(root + 16), true);
    view.setBigUint64(root + 32, 24n, true);
    expect(await refusalOf('n.weights.h5', loop)).toContain('its HDF5 structure is damaged');
  });

  it('where JSON is not ours, has ragged rows, too large numbers or a name twice', async () => {
    expect(await refusalOf('n.json', text('{"layers": []}'))).toContain(
      'it is not the JSON of a network: expected one that this app exported',
    );
    expect(await refusalOf('n.json', text(JSON_TEXT.replace('"version": 1', '"version": 1, "version": 1')))).toContain(
      'it is not valid JSON, or it contains a name twice',
    );
    expect(await refusalOf('n.json', text(JSON_TEXT.replace(/"weight": \[\s*\[[^,]*, /, '"weight": [[')))).toContain(
      'the rows of “fc1.weight” have different lengths',
    );
    expect(await refusalOf('n.json', text(JSON_TEXT.replace(/"bias": \[[^,]*/, '"bias": [1e300')))).toContain(
      '“fc1.bias” contains a number too large for float32',
    );
  });

  it('where its layers do not fit, fit in more than one way, or are more than linear ones', async () => {
    expect(
      await refusalOf('n.npz', npzOf({ 'a.weight': [4, 6], 'a.bias': [4], 'b.weight': [3, 5], 'b.bias': [3] })),
    ).toContain('its layers do not fit each other: a.weight [4, 6] and a.bias [4], b.weight [3, 5] and b.bias [3]');
    expect(await refusalOf('n.npz', npzOf({ 'conv.weight': [4, 1, 3, 3], 'conv.bias': [4] }))).toContain(
      'only plain linear layers can be used',
    );
    expect(await refusalOf('n.npz', npzOf({ 'fc.bias': [4] }))).toContain('the bias of a layer that has no weight');
    expect(await refusalOf('n.npz', npzOf({ 'fc.weight': [4, 3], 'fc.W': [4, 3] }))).toContain(
      'two of its arrays seem to be the weight of one layer: “fc.weight” and “fc.W”',
    );
    expect(await refusalOf('n.npz', npzOf({ 'bn.running_mean': [4] }))).toContain(
      '“bn.running_mean [4]” cannot be the weight and bias of a linear layer',
    );
    expect(await refusalOf('n.npz', npzOf({ arr_0: [4, 3], arr_1: [2, 4], arr_2: [5] }))).toContain(
      'are not a weight and a bias for each layer',
    );
    expect(await refusalOf('n.npz', npzOf({}))).toContain('it contains no weights');
  });

  it('where it has more layers or units than can be used', async () => {
    const deep = Object.fromEntries(Array.from({ length: 8 }, (_, k) => [`fc${k}.weight`, [2, 2]]));
    expect(await refusalOf('n.npz', npzOf(deep))).toContain('it contains 8 layers: at most 7 can be used');
    expect(await refusalOf('n.npz', npzOf({ 'fc1.weight': [2049, 2], 'fc2.weight': [2, 2049] }))).toContain(
      'a hidden layer has 2049 units',
    );
    expect(await refusalOf('n.npz', npzOf({ 'fc1.weight': [1, 4], 'fc1.bias': [1] }))).toContain(
      'its last layer has 1 outputs',
    );
  });

  it.each([
    [{ activation: 'swish' }, 'its activation is none of relu'],
    [{ pixelScaling: '(pixel - 33) / 78' }, 'its pixels are scaled in another way'],
    [{ sizes: [6, 4, 3] }, 'its metadata describes a network 6-4-3, but its weights are 6-4-5-3'],
    [{ classNames: ['a', 'b'] }, 'its metadata names 2 classes, but its last layer has 3'],
    [{ imageShape: [2, 4] }, 'its metadata describes images of 2×4 pixels'],
  ])('where its metadata contradict it: %j', async (changes, reason) => {
    const file = JSON.parse(JSON_TEXT) as { metadata: object };
    expect(
      await refusalOf('n.json', text(JSON.stringify({ ...file, metadata: { ...file.metadata, ...changes } }))),
    ).toContain(reason);
  });
});

describe('a file is read', () => {
  it.each(ROUND_TRIP_SUFFIXES)('with all that was exported, bit for bit: %s', async (suffix) => {
    for (const activation of Object.keys(CHOICE_FIELDS.activation.options) as Activation[]) {
      const checkpoint = { ...SMALL, activation, settings: { ...SMALL.settings, activation, threads: 0 } };
      const network = await openedNetwork(`network${suffix}`, EXPORT_FORMATS[suffix].encode(checkpoint, '1.2.3'));
      expect(network.layers).toEqual(SMALL.layers);
      expect(network).toMatchObject({
        activation,
        pixelScaling: 'stated',
        imageShape: [2, 3],
        classNames: ['0', 'お', '"'],
        notes: [],
      });
      expect(network.settings).toEqual(checkpoint.settings);
      expect(network.metadata).toMatchObject({
        madeBy: 'MNIST Studio 1.2.3',
        testAccuracy: 0.875,
        dataset: { name: 'お digits', sha256: 'abc' },
      });
    }
  });

  it('where the graph divides the pixels', async () => {
    const { candidates, pixels } = await parseNetwork(
      'n.onnx',
      EXPORT_FORMATS['.onnx'].encode(SMALL, '1', { rawPixels: true }),
    );
    expect(pixels).toEqual(UNIT_PIXELS);
    expect(candidates[0]!.layers()).toEqual(SMALL.layers);
  });

  it.each([
    [{ '0.weight': [4, 6], '0.bias': [4], '2.weight': [3, 4], '2.bias': [3] }, [6, 4, 3]],
    [
      {
        'layers.0.weight': [4, 6],
        'layers.0.bias': [4],
        'layers.10.weight': [3, 5],
        'layers.10.bias': [3],
        'layers.9.weight': [5, 4],
        'layers.9.bias': [5],
      },
      [6, 4, 5, 3],
    ],
    [{ 'hidden.weight': [4, 6], 'hidden.bias': [4], 'a_last.weight': [3, 4], 'a_last.bias': [3] }, [6, 4, 3]],
    [{ W1: [6, 4], b1: [4], W2: [4, 3], b2: [3] }, [6, 4, 3]],
    [{ W1: [6, 4], b1: [1, 4], W2: [4, 3], b2: [1, 3] }, [6, 4, 3]],
    [{ W1: [4, 6], b1: [4, 1], W2: [3, 4], b2: [3, 1] }, [6, 4, 3]],
    [{ weights_0: [6, 4], biases_0: [4], weights_1: [4, 3], biases_1: [3] }, [6, 4, 3]],
    [{ arr_0: [6, 4], arr_1: [4], arr_2: [4, 3], arr_3: [3] }, [6, 4, 3]],
    [{ 'dense/kernel': [6, 3], 'dense/bias': [3] }, [6, 3]],
    [{ 'fc.weight': [4, 4], 'fc.bias': [4] }, [4, 4]],
    [{ 'fc1.weight': [4, 6], 'fc2.weight': [3, 4] }, [6, 4, 3]],
  ])('by its shapes, whatever its arrays are called: %j', async (arrays, sizes) => {
    const { layers, activation, pixelScaling } = await openedNetwork(
      'n.npz',
      npzOf(arrays as unknown as Record<string, number[]>, 6),
    );
    expect([layers[0]!.inputs, ...layers.map(({ outputs }) => outputs)]).toEqual(sizes);
    expect(activation).toBe(layers.length === 1 ? 'relu' : undefined);
    expect(pixelScaling).toBe('assumed');
  });

  it('with float16, bfloat16 and float64, and says where it rounded', async () => {
    const half = await openedNetwork('n.npz', withBias(npyFloats('<f2', [0x00, 0x3c, 0x00, 0xc1])));
    expect(half.layers[0]!.weight).toEqual(Float32Array.of(1, -2.5));
    const small = await openedNetwork('n.npz', withBias(npyFloats('>f2', [0x00, 0x01, 0x7b, 0xff])));
    expect(small.layers[0]!.weight).toEqual(Float32Array.of(2 ** -24, 65_504));
    const double = await openedNetwork(
      'n.npz',
      withBias(npyFloats('<f8', [...new Uint8Array(Float64Array.of(0.1, -1).buffer)])),
    );
    expect(double.layers[0]!.weight).toEqual(Float32Array.of(0.1, -1));
    expect(double.notes).toEqual(['“fc1.weight” was rounded from float64 to float32.']);
    const brain = safetensorsOf(
      {
        w: { dtype: 'BF16', shape: [2, 1], data_offsets: [0, 4] },
        b: { dtype: 'F32', shape: [2], data_offsets: [4, 12] },
      },
      Uint8Array.of(0x80, 0x3f, 0x20, 0xc0, 0, 0, 0, 0, 0, 0, 0, 0),
    );
    expect((await openedNetwork('n.safetensors', brain)).layers[0]!.weight).toEqual(Float32Array.of(1, -2.5));
  });

  it('column by column as well as row by row', async () => {
    const weight = npyOf(
      "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }",
      new Uint8Array(Float32Array.of(1, 4, 2, 5, 3, 6).buffer),
    );
    expect((await openedNetwork('n.npz', withBias(weight))).layers[0]!.weight).toEqual(
      Float32Array.of(1, 2, 3, 4, 5, 6),
    );
  });

  it('without the settings of another version, and says so', async () => {
    const file = JSON.parse(JSON_TEXT) as { metadata: object };
    const { settings, notes } = await openedNetwork(
      'n.json',
      text(JSON.stringify({ ...file, metadata: { ...file.metadata, settings: { hidden: [4, 5] } } })),
    );
    expect(settings).toBeUndefined();
    expect(notes).toEqual(['Its settings are not those of this version and were ignored.']);
  });
});

describe('a path is read', () => {
  let folder: string;
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'mnist-studio-import-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('only where there is a file', async () => {
    await expect(openedNetworkFile(join(folder, 'gone.npz'))).rejects.toThrow(
      'gone.npz could not be read: it does not exist. Please choose another file.',
    );
    await expect(openedNetworkFile(`${folder}/.json`)).rejects.toThrow(StudioError);
  });

  it('as its bytes are', async () => {
    writeFileSync(join(folder, 'n.NPZ'), EXPORT_FORMATS['.npz'].encode(SMALL, '1'));
    expect((await openedNetworkFile(join(folder, 'n.NPZ'))).layers).toEqual(SMALL.layers);
  });
});
