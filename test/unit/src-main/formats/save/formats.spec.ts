import { describe, expect, it } from 'vitest';
import { EXPORT_SUFFIXES } from '../../../../../src-shared/networks/network-formats';
import { StudioError } from '../../../../../src-shared/errors';
import { EXPORT_FORMATS, exportFormatOf } from '../../../../../src-main/formats/save/formats';
import { float32Text } from '../../../../../src-main/formats/save/float32';
import { suggestedFileName } from '../../../../../src-main/formats/save/write-export';
import { SMALL } from '../../../../fixtures/network-files';

const diverged = { ...SMALL, layers: [{ ...SMALL.layers[0]!, bias: Float32Array.of(0, NaN, 0, 0) }] };

describe('an export is refused', () => {
  it.each(['weights', 'weights.h5', 'weights.pt', 'npz'])('if the name has no known suffix: %s', (name) => {
    expect(() => exportFormatOf(name)).toThrow(StudioError);
    expect(() => exportFormatOf(name)).toThrow(
      `The name “${name}” names no format: expected one that ends with .npz, .safetensors, .onnx, .weights.h5, ` +
        '.json or .h.',
    );
  });

  it.each(['.json', '.h'] as const)('if a weight is NaN, and the format is text: %s', (suffix) => {
    expect(() => EXPORT_FORMATS[suffix].encode(diverged, '1')).toThrow(
      'A weight of this network is NaN, which this format cannot store.',
    );
  });
});

describe('an export', () => {
  it.each(EXPORT_SUFFIXES)(
    'is the same bytes for the same network, with any number of threads, and others for another: %s',
    (suffix) => {
      const { encode } = EXPORT_FORMATS[suffix];
      const bytes = encode(SMALL, '1');
      expect(encode({ ...structuredClone(SMALL), settings: { ...SMALL.settings, threads: 3 } }, '1')).toEqual(bytes);
      const [first, ...rest] = structuredClone(SMALL.layers);
      first!.weight[5]! += 2 ** -20;
      expect(encode({ ...SMALL, layers: [first!, ...rest] }, '1')).not.toEqual(bytes);
    },
  );

  it.each(EXPORT_SUFFIXES)('says how it was trained and what its classes are called: %s', (suffix) => {
    // Without the zeros of UTF-32, and the backslashes of texts in texts.
    const text = new TextDecoder('latin1')
      .decode(EXPORT_FORMATS[suffix].encode(SMALL, '1.2.3'))
      .replaceAll('\0', '')
      .replaceAll('\\', '');
    for (const part of ['MNIST Studio 1.2.3', 'pixel / 255', 'labelSmoothing', 'classNames', 'gelu', '0.875', 'abc'])
      expect(text).toContain(part);
  });

  it.each(EXPORT_SUFFIXES)('comes with a program that names the file and what the app says: %s', (suffix) => {
    const name = suggestedFileName(SMALL.dataset.name, [6, 4, 5, 3], 2, suffix);
    expect(name).toBe(`お-digits-6-4-5-3-epoch-2${suffix}`);
    expect(exportFormatOf(name.toUpperCase())).toBe(EXPORT_FORMATS[suffix]);
    const program = EXPORT_FORMATS[suffix].snippet(name, SMALL);
    expect(program).toContain(`"${name}"`);
    expect(program).toContain('0.875');
    expect(program).toContain('t10k-images-idx3-ubyte');
  });
});

describe('the text of a float32', () => {
  it('gives it back exactly, over the whole range', () => {
    const view = new DataView(new ArrayBuffer(4));
    let bits = 1;
    for (let k = 0; k < 20_000; k++) {
      bits = (Math.imul(bits, 1664525) + 1013904223) >>> 0;
      view.setUint32(0, bits);
      const value = view.getFloat32(0);
      if (Number.isFinite(value)) expect(Object.is(Math.fround(Number(float32Text(value))), value)).toBe(true);
    }
    expect(float32Text(-0)).toBe('-0');
    expect(float32Text(0.5)).toBe('0.5');
  });
});
