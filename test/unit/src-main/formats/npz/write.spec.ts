import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Checkpoint } from '../../../../../src-shared/runs/checkpoint';
import { PLAIN_SETTINGS } from '../../../../../src-shared/settings/presets';
import type { Settings } from '../../../../../src-shared/settings/settings';
import { EXPORT_FORMATS } from '../../../../../src-main/formats/save/formats';
import { npyTextParts } from '../../../../../src-main/formats/npy/write';
import { joined, chunksOf } from '../../../../../src-main/formats/save/chunks';
import { suggestedFileName } from '../../../../../src-main/formats/save/write-export';
import { npyFloat32 } from '../../../../fixtures/network-files';

const checkpoint: Checkpoint = {
  run: 1,
  layers: [
    { inputs: 2, outputs: 3, weight: Float32Array.of(1, 2, 3, 4, 5, 6), bias: Float32Array.of(7, 8, 9) },
    { inputs: 3, outputs: 2, weight: Float32Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6), bias: Float32Array.of(-1, 1) },
  ],
  activation: 'relu',
  settings: { ...PLAIN_SETTINGS, hidden: [3], dropout: 0.25 },
  changes: [{ epochs: 1.5, update: 3, changes: { learningRate: 0.05 } }],
  dataset: {
    name: 'お digits',
    hash: 'abc',
    rows: 1,
    columns: 2,
    classNames: ['0', 'お'],
    trainCount: 4,
    testCount: 2,
  },
  result: {
    epoch: 2,
    trainLoss: 0.5,
    trainAccuracy: 0.75,
    testLoss: 0.25,
    testAccuracy: 0.875,
    validation: { loss: 0.3, accuracy: 0.8 },
    learningRate: 0.05,
    seconds: 1,
    imagesPerSecond: 1,
  },
};

const text = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes);

describe('.npy', () => {
  it('has a header that ends at a multiple of 64 bytes, and then the numbers as they are', () => {
    const file = npyFloat32(Float32Array.of(1.5, -2, 0, 4, 5, 6), [2, 3]);
    expect([...file.subarray(0, 8)]).toEqual([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
    expect(text(file.subarray(10, 128))).toMatch(
      /^\{'descr': '<f4', 'fortran_order': False, 'shape': \(2, 3\), \} *\n$/,
    );
    expect(file.length).toBe(128 + 24);
    expect(new DataView(file.buffer).getFloat32(128, true)).toBe(1.5);
  });

  it('writes the shape of a single axis and of a text as Python does', () => {
    expect(text(npyFloat32(new Float32Array(3), [3]))).toContain("'shape': (3,), }");
    expect(text(joined(chunksOf(npyTextParts('aお😀'))))).toContain(
      "{'descr': '<U3', 'fortran_order': False, 'shape': (), }",
    );
  });
});

describe('.npz', () => {
  it('holds weights, biases and metadata under the names of PyTorch', () => {
    const entries = unzipSync(EXPORT_FORMATS['.npz'].encode(checkpoint, '1.2.3'));
    expect(Object.keys(entries)).toEqual([
      'fc1.weight.npy',
      'fc1.bias.npy',
      'fc2.weight.npy',
      'fc2.bias.npy',
      'metadata.npy',
    ]);
    expect(text(entries['fc1.weight.npy']!)).toContain("'shape': (3, 2)");
    const { buffer } = entries['metadata.npy']!.slice(128);
    const metadata = JSON.parse(String.fromCodePoint(...new Uint32Array(buffer)));
    expect(metadata).toMatchObject({
      sizes: [2, 3, 2],
      activation: 'relu',
      pixelScaling: 'pixel / 255',
      classNames: ['0', 'お'],
      seed: 1,
      testAccuracy: 0.875,
    });
    const settings: Partial<Settings> = { ...checkpoint.settings };
    delete settings.threads; // changes nothing, so that the file is the same with any number
    delete settings.leakySlope; // is off, and version 0.1 does not know it
    expect(metadata.settings).toEqual(settings);
    expect(metadata).toMatchObject({
      changes: checkpoint.changes,
      validationLoss: 0.3,
      validationAccuracy: 0.8,
      learningRate: 0.05,
    });
  });

  it('is the same bytes every time', () => {
    expect(EXPORT_FORMATS['.npz'].encode(checkpoint, '1.2.3')).toEqual(
      EXPORT_FORMATS['.npz'].encode(checkpoint, '1.2.3'),
    );
  });

  it('gets a name that says what is in it', () => {
    expect(suggestedFileName(checkpoint.dataset.name, [2, 3, 2], 2)).toBe('お-digits-2-3-2-epoch-2.npz');
  });
});
