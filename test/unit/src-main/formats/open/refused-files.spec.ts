// Files that are refused, of every format, with the sentence that says why.
import { describe, expect, it } from 'vitest';
import { StudioError } from '../../../../../src-shared/errors';
import { EXPORT_FORMATS } from '../../../../../src-main/formats/save/formats';
import { IMPORT_SUFFIXES } from '../../../../../src-shared/networks/network-formats';
import {
  npyFloat32,
  npyOf,
  npyOfType,
  npzOf,
  npzOfEntries,
  npzOfWeight,
  ones,
  safetensorsOf,
  SMALL,
} from '../../../../fixtures/network-files';
import { openedNetwork } from '../../../../fixtures/opened-network';

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
  throw new Error(`${file} was accepted.`);
}

/** A safetensors file of one layer [2, 3] with bias, whose header is changed. */
function tensors(changes: Record<string, unknown>, bytes = 32): Uint8Array {
  const weight = { dtype: 'F32', shape: [2, 3], data_offsets: [0, 24] };
  return safetensorsOf(
    { 'fc1.weight': weight, 'fc1.bias': { dtype: 'F32', shape: [2], data_offsets: [24, 32] }, ...changes },
    new Uint8Array(ones(bytes / 4).buffer),
  );
}

describe('a file is refused', () => {
  it('if its name has an unknown suffix, or one of a format that could run a program', async () => {
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

  it.each(IMPORT_SUFFIXES)('if it is empty or contains meaningless bytes: %s', (suffix) => {
    refusalOf(`n${suffix}`, new Uint8Array());
    refusalOf(
      `n${suffix}`,
      Uint8Array.from({ length: 3000 }, (_, n) => (n * 7919) % 251),
    );
  });

  it('if a .npz unpacks to more than it announces, or to more than 1 GiB', async () => {
    const zip = npzOf({ W1: [30, 40], b1: [40] }, 6);
    const sizeInDirectory = zip.length - 22 - 2 * (46 + 6) + 24;
    const dishonest = zip.slice();
    new DataView(dishonest.buffer).setUint32(sizeInDirectory, 100, true);
    expect(await refusalOf('n.npz', dishonest)).toContain('its file “W1.npy” cannot be unpacked');
    new DataView(dishonest.buffer).setUint32(sizeInDirectory, 0x7fffffff, true);
    expect(await refusalOf('n.npz', dishonest)).toContain('expected at most 1073741824');
  });

  it('if a text in a .npz names an activation that cannot be used', async () => {
    const withActivation = (letter: string, bytes: number[]) =>
      npzOfEntries({ 'W.npy': npyFloat32(ones(6), [3, 2]), 'activation.npy': npyOfType(`${letter}3`, bytes, '()') });
    expect(await refusalOf('n.npz', withActivation('|S', [0x65, 0x6c, 0x75]))).toContain(
      'its metadata names the activation elu',
    );
    expect(await refusalOf('n.npz', withActivation('<U', [0x65, 0, 0, 0, 0x6c, 0, 0, 0, 0x75, 0, 0, 0]))).toContain(
      'its metadata names the activation elu',
    );
  });

  it('if a .npz is damaged, its entries overlap, or it contains something other than arrays', async () => {
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

  it('if an array contains Python objects, integers, NaN, infinity, or the wrong count of numbers', async () => {
    expect(await refusalOf('n.npz', npzOfWeight(npyOfType('|O', [0x80, 4, 0x63])))).toContain(
      'holds Python objects, which could be programs',
    );
    expect(await refusalOf('n.npz', npzOfWeight(npyOfType('<i4', Array<number>(8).fill(0))))).toContain(
      'holds integers (int32): expected float16, float32 or float64.',
    );
    expect(await refusalOf('n.npz', npzOfWeight(npyFloat32(Float32Array.of(1, NaN), [2, 1])))).toContain(
      'holds NaN, infinity or a number too large',
    );
    expect(await refusalOf('n.npz', npzOfWeight(npyOfType('<f4', [0, 0, 0x80, 0x7f, 0, 0, 0, 0])))).toContain(
      'holds NaN, infinity or a number too large',
    );
    expect(
      await refusalOf('n.npz', npzOfWeight(npyOfType('<f8', [...new Uint8Array(Float64Array.of(1e300, 1).buffer)]))),
    ).toContain('holds NaN, infinity or a number too large');
    expect(await refusalOf('n.npz', npzOfWeight(npyOfType('<f4', [0, 0, 0, 0])))).toContain(
      'has 4 bytes, but its shape and type promise 8',
    );
    expect(await refusalOf('n.npz', npzOfWeight(npyOfType('<f4', [], '(2, 99999999999)')))).toContain(
      'expected at most 134217728',
    );
    expect(await refusalOf('n.npz', npzOfWeight(npyOf("[('a', '<f4')]", new Uint8Array())))).toContain(
      'is not a plain array of numbers',
    );
  });

  it('if a safetensors header is huge, has wrong offsets, or contains a name twice', async () => {
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

  it('if ONNX is cut off by a single byte', async () => {
    expect(await refusalOf('n.onnx', EXPORT_FORMATS['.onnx'].encode(SMALL, '1').slice(0, -1))).toContain(
      'it is not an ONNX file, or it is damaged',
    );
  });

  it('if HDF5 has a cycle: a group in itself, or a header that continues in itself', async () => {
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

  it('if JSON is not of this app, or has ragged rows, too large numbers or a name twice', async () => {
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

  it('if its layers do not fit, fit in several ways, or are not linear', async () => {
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

  it('if it has more layers or units than can be used', async () => {
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
  ])('if its metadata contradicts its weights: %j', async (changes, reason) => {
    const file = JSON.parse(JSON_TEXT) as { metadata: object };
    expect(
      await refusalOf('n.json', text(JSON.stringify({ ...file, metadata: { ...file.metadata, ...changes } }))),
    ).toContain(reason);
  });
});
