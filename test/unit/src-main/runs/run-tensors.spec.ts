// What is written must be readable, however large the network is.
import { describe, expect, it } from 'vitest';
import { decodeLast, encodeBest, encodeLast } from '../../../../src-main/runs/run-tensors';
import { joined, chunksOf } from '../../../../src-main/formats/save/chunks';
import { readSafetensors } from '../../../../src-main/formats/safetensors/tensors';
import type { LayerState } from '../../../../src-shared/networks/layers';
import type { Settings } from '../../../../src-shared/settings/settings';
import { positionAt, resultAt, storedSettings } from '../../../fixtures/stored-runs';

const MEGABYTE = 2 ** 20;

/** Layers that share their numbers, so that they take no memory. @param megabytes of each */
function largeLayers(count: number, megabytes: number): LayerState[] {
  const weight = new Float32Array((megabytes * MEGABYTE) / 4);
  return Array.from({ length: count }, () => ({
    weight,
    bias: new Float32Array(1),
    inputs: weight.length,
    outputs: 1,
  }));
}

describe('a file of 2 GiB, which Node cannot read in one go, is refused when it is written', () => {
  it('where training stands, with what the optimizer remembers', () => {
    const layers = largeLayers(8, 64);
    expect(
      encodeLast({ position: { ...positionAt(1), layers, moments: [layers, layers] }, progress: undefined }),
    ).toHaveLength(1 + 3 * 2 * 8);
    const refused = () =>
      encodeLast({ position: { ...positionAt(1), layers, moments: [layers, layers, layers] }, progress: undefined });
    expect(refused).toThrow(
      expect.objectContaining({
        code: 'run-not-saved',
        message: expect.stringMatching(
          /its last\.safetensors would have 2\.0 GiB, but must have less than 2\. Please choose/,
        ) as unknown,
      }),
    );
  });

  it('the best weights', () => {
    expect(() => encodeBest(largeLayers(32, 64), resultAt(1), storedSettings)).toThrow(
      expect.objectContaining({ code: 'run-not-saved' }),
    );
  });
});

describe('the slope of leaky ReLU', () => {
  const encoded = (changes: Partial<Settings>) =>
    joined(
      chunksOf(
        encodeLast({ position: positionAt(1, { settings: { ...storedSettings, ...changes } }), progress: undefined }),
      ),
    );
  const settingsIn = (bytes: Uint8Array) => {
    const { metadata } = readSafetensors(bytes, 'a file');
    return [
      metadata['leakySlope'],
      ...[metadata['settings']!, metadata['position']!].map((text) => text.includes('leakySlope')),
    ];
  };

  it('is not written if it is 0.01, which version 0.1 does not know by name', () => {
    expect(settingsIn(encoded({}))).toEqual([undefined, false, false]);
    expect(settingsIn(encoded({ activation: 'leaky-relu' }))).toEqual(['0.01', false, false]);
  });

  it('is written and read otherwise', () => {
    const bytes = encoded({ activation: 'leaky-relu', leakySlope: 0.2 });
    expect(settingsIn(bytes)).toEqual(['0.2', true, true]);
    expect(decodeLast(bytes, 'a file').position.settings.leakySlope).toBe(0.2);
  });
});
