import { describe, expect, it } from 'vitest';
import { EXPORT_FORMATS } from '../../../../../src-main/formats/save/formats';
import { checkJsonSize, withinJsonSize } from '../../../../../src-main/formats/json/size';
import { EXPORT_SUFFIXES } from '../../../../../src-shared/networks/network-formats';
import { SMALL } from '../../../../fixtures/network-files';

const HUGE = [65_536, 2048, 10];
const LARGEST_OF_MNIST = [784, 2048, 2048, 2048, 2048, 2048, 2048, 10];

describe('a network as JSON that the app could not read back', () => {
  it('is refused with its estimated size and the formats to choose instead', () => {
    expect(() => checkJsonSize('a.JSON', HUGE)).toThrow(
      'This network has 134 million weights, which are about 2014 MB as JSON: the app reads back at most 500 ' +
        'MB. Please export it as .npz, .safetensors or .onnx instead',
    );
  });

  it('is refused while it is written if the estimate was too low', () => {
    const chunks = [4, 4].map((length) => ({ bytes: new Uint8Array(length), done: 1 }));
    expect(() => [...withinJsonSize(chunks, 7)]).toThrow('Please export it as .npz');
    expect([...withinJsonSize(chunks, 8)]).toEqual(chunks);
  });
});

it('the largest network for MNIST may be exported as JSON, and one of any size in every other format', () => {
  expect(() => checkJsonSize('a.json', LARGEST_OF_MNIST)).not.toThrow();
  for (const suffix of EXPORT_SUFFIXES.filter((other) => other !== '.json'))
    expect(() => checkJsonSize(`a${suffix}`, HUGE)).not.toThrow();
});

it('the estimate is about what a trained network has', () => {
  const weights = Float32Array.from({ length: 60_000 }, (_, n) => Math.sin(n * n) * 0.06);
  const layers = [{ inputs: 300, outputs: 200, weight: weights, bias: new Float32Array(200) }];
  const bytes = EXPORT_FORMATS['.json'].encode({ ...SMALL, layers }, '1').length;
  expect(bytes / 60_200).toBeGreaterThan(13.5);
  expect(bytes / 60_200).toBeLessThan(15.5);
});
