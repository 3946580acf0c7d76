// The slope of leaky ReLU in the metadata of networks, as this version, version 0.1 and others write it.
import { describe, expect, it } from 'vitest';
import { withoutOff } from '../../../../../src-shared/settings/stored-settings';
import { EXPORT_FORMATS } from '../../../../../src-main/formats/save/formats';
import { parseNetwork } from '../../../../../src-main/formats/open/import-network';
import { onlyCandidate } from '../../../../../src-main/formats/open/imported-network';
import { assembleNetwork } from '../../../../../src-main/formats/open/network-metadata';
import { SMALL } from '../../../../fixtures/network-files';

const LEAKY = {
  activation: 'leaky-relu',
  settings: { ...SMALL.settings, activation: 'leaky-relu', leakySlope: 0.25 },
} as const;
const slopeIn = (metadata: Record<string, unknown>, stated = {}) =>
  assembleNetwork('n.npz', onlyCandidate(SMALL.layers), metadata, [], stated).leakySlope;

describe('a slope is refused', () => {
  it.each([0, 1, -0.1, '0.2', NaN])('outside of what can be trained with: %s', (leakySlope) => {
    expect(() => slopeIn({ activation: 'leaky-relu', leakySlope })).toThrow(
      'n.npz cannot be read as a network: in its metadata, its leaky ReLU has a slope',
    );
  });

  it('if the graph has another one than the metadata', () => {
    expect(() => slopeIn({ activation: 'leaky-relu', leakySlope: 0.2 }, { leakySlope: 0.3 })).toThrow(
      'a leaky ReLU of slope 0.2, but its graph has 0.3',
    );
  });
});

describe('a slope is read', () => {
  it.each(['.npz', '.safetensors', '.weights.h5', '.json'] as const)('as it was exported: %s', async (suffix) => {
    const network = await parseNetwork(`n${suffix}`, EXPORT_FORMATS[suffix].encode({ ...SMALL, ...LEAKY }, '1.2.3'));
    expect(network).toMatchObject({ activation: 'leaky-relu', leakySlope: 0.25, settings: { leakySlope: 0.25 } });
    expect(
      (await parseNetwork(`n${suffix}`, EXPORT_FORMATS[suffix].encode(SMALL, '1.2.3'))).leakySlope,
    ).toBeUndefined();
  });

  it('out of a graph, whose number is a float32', () => {
    expect(slopeIn({ activation: 'leaky-relu', leakySlope: 0.2 }, { leakySlope: Math.fround(0.2) })).toBe(0.2);
    expect(slopeIn({}, { activation: 'leaky-relu', leakySlope: 0.5 })).toBe(0.5);
  });

  it('as 0.01 in a file of version 0.1, and not at all in one that has no settings', () => {
    const settings = withoutOff({ ...LEAKY.settings, leakySlope: 0.01 });
    expect(slopeIn({ activation: 'leaky-relu', settings })).toBe(0.01);
    expect(slopeIn({ activation: 'leaky-relu' })).toBeUndefined();
  });
});
