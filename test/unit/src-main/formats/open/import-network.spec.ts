// Files that are imported, of every format: this app's own, and those of other programs.
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
import { ROUND_TRIP_SUFFIXES } from '../../../../../src-shared/networks/network-formats';
import { npyOf, npyOfType, npzOf, npzOfWeight, safetensorsOf, SMALL } from '../../../../fixtures/network-files';
import { openedNetwork, openedNetworkFile } from '../../../../fixtures/opened-network';

const text = (words: string) => new TextEncoder().encode(words);
const JSON_TEXT = new TextDecoder().decode(EXPORT_FORMATS['.json'].encode(SMALL, '1'));

describe('a file is read', () => {
  it.each(ROUND_TRIP_SUFFIXES)('with everything that was exported, bit for bit: %s', async (suffix) => {
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

  it('with the scaling of the pixels if the graph divides them', async () => {
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
  ])('by its shapes, whatever the names of its arrays: %j', async (arrays, sizes) => {
    const { layers, activation, pixelScaling } = await openedNetwork(
      'n.npz',
      npzOf(arrays as unknown as Record<string, number[]>, 6),
    );
    expect([layers[0]!.inputs, ...layers.map(({ outputs }) => outputs)]).toEqual(sizes);
    expect(activation).toBe(layers.length === 1 ? 'relu' : undefined);
    expect(pixelScaling).toBe('assumed');
  });

  it('with float16, bfloat16 and float64, and a note if numbers were rounded', async () => {
    const half = await openedNetwork('n.npz', npzOfWeight(npyOfType('<f2', [0x00, 0x3c, 0x00, 0xc1])));
    expect(half.layers[0]!.weight).toEqual(Float32Array.of(1, -2.5));
    const small = await openedNetwork('n.npz', npzOfWeight(npyOfType('>f2', [0x00, 0x01, 0x7b, 0xff])));
    expect(small.layers[0]!.weight).toEqual(Float32Array.of(2 ** -24, 65_504));
    const double = await openedNetwork(
      'n.npz',
      npzOfWeight(npyOfType('<f8', [...new Uint8Array(Float64Array.of(0.1, -1).buffer)])),
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

  it('by columns as well as by rows', async () => {
    const weight = npyOf(
      "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }",
      new Uint8Array(Float32Array.of(1, 4, 2, 5, 3, 6).buffer),
    );
    expect((await openedNetwork('n.npz', npzOfWeight(weight))).layers[0]!.weight).toEqual(
      Float32Array.of(1, 2, 3, 4, 5, 6),
    );
  });

  it('without the settings of another version, with a note', async () => {
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

  it('only if it is a file', async () => {
    await expect(openedNetworkFile(join(folder, 'gone.npz'))).rejects.toThrow(
      'gone.npz could not be read: it does not exist. Please choose another file.',
    );
    await expect(openedNetworkFile(`${folder}/.json`)).rejects.toThrow(StudioError);
  });

  it('by its content, whatever the letter case of its suffix', async () => {
    writeFileSync(join(folder, 'n.NPZ'), EXPORT_FORMATS['.npz'].encode(SMALL, '1'));
    expect((await openedNetworkFile(join(folder, 'n.NPZ'))).layers).toEqual(SMALL.layers);
  });
});
