// What is written must be readable, however large the network is.
import { describe, expect, it } from 'vitest';
import { encodeBest, encodeLast } from '../../../../src-main/runs/run-tensors';
import type { LayerState } from '../../../../src-shared/runs';
import { positionAt, resultAt, storedSettings } from '../../../fixtures/stored-runs';

const MEGABYTE = 2 ** 20;

/** Layers that share their numbers, so that they take no memory. @param megabytes of each */
function largeLayers(count: number, megabytes: number): LayerState[] {
  const weight = new Float32Array((megabytes * MEGABYTE) / 4);
  return Array.from({ length: count }, () => ({ weight, bias: new Float32Array(1), inputs: weight.length, outputs: 1 }));
}

describe('a file of 2 GiB, which Node cannot read in one go, is refused when it is written', () => {
  it('where training stands, with what the optimizer remembers', () => {
    const layers = largeLayers(8, 64);
    expect(encodeLast({ position: { ...positionAt(1), layers, moments: [layers, layers] }, progress: undefined })).toHaveLength(1 + 3 * 2 * 8);
    const refused = () => encodeLast({ position: { ...positionAt(1), layers, moments: [layers, layers, layers] }, progress: undefined });
    expect(refused).toThrow(expect.objectContaining({ code: 'run-not-saved', message: expect.stringMatching(/its last\.safetensors would have 2\.0 GiB, and can have less than 2\. Please choose/) as unknown }));
  });

  it('the best weights', () => {
    expect(() => encodeBest(largeLayers(32, 64), resultAt(1), storedSettings)).toThrow(expect.objectContaining({ code: 'run-not-saved' }));
  });
});
