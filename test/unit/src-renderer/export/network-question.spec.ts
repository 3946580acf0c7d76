import { describe, expect, it } from 'vitest';
import type { ActivationChoice, NetworkQuestion } from '../../../../src-shared/networks/network-files';
import { UNIT_PIXELS } from '../../../../src-shared/networks/pixel-scaling';
import { answersTo, parseScaling, parseSlope } from '../../../../src-renderer/export/network-question';

const choice = (value: ActivationChoice['value'], parts: Partial<ActivationChoice> = {}): ActivationChoice => ({
  value,
  accuracy: undefined,
  slopes: [],
  asksSlope: false,
  scalings: [],
  asksPixels: false,
  suggested: { leakySlope: undefined, pixels: UNIT_PIXELS },
  ...parts,
});

describe('the answers of the dialog', () => {
  it('include only what the file does not specify', () => {
    const question: NetworkQuestion = {
      kind: 'question',
      file: '/n.npz',
      sizes: [6, 4, 3],
      asksActivation: true,
      choices: [choice('relu'), choice('leaky-relu', { slopes: [{ value: 0.2, accuracy: 1 }] })],
      images: 9,
    };
    const pixels = { mean: 0.5, deviation: 0.5 };
    expect(answersTo(question, { activation: 'relu', leakySlope: 0.2, pixels })).toEqual({ activation: 'relu' });
    expect(answersTo(question, { activation: 'leaky-relu', leakySlope: 0.2, pixels })).toEqual({
      activation: 'leaky-relu',
      leakySlope: 0.2,
    });
    const known = {
      ...question,
      asksActivation: false,
      choices: [choice('relu', { scalings: [{ value: UNIT_PIXELS, accuracy: 1 }] })],
    };
    expect(answersTo(known, { activation: 'relu', leakySlope: undefined, pixels })).toEqual({ pixels });
  });

  it('need a mean and a deviation above 0', () => {
    for (const [mean, deviation] of [
      ['', '1'],
      ['0', ''],
      ['a', '1'],
      ['0', '0'],
      ['0', '-1'],
      ['0', 'Infinity'],
      ['1,307', '1'],
    ] as const)
      expect(parseScaling(mean, deviation)).toBeUndefined();
    for (const [mean, deviation] of [
      ['0.1307', ' 0.3081 '],
      ['0,1307', '0,3081'],
      ['۰٫۱۳۰۷', '۰٫۳۰۸۱'],
    ] as const)
      expect(parseScaling(mean, deviation)).toEqual({ mean: 0.1307, deviation: 0.3081 });
  });

  it('need a slope within the allowed range', () => {
    for (const text of ['', 'a', '-0.1', '1.5', 'Infinity']) expect(parseSlope(text)).toBeUndefined();
    expect(parseSlope(' 0.05 ')).toBe(0.05);
  });
});
