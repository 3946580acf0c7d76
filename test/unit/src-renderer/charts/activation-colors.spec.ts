import { describe, expect, it } from 'vitest';
import { activationColors } from '../../../../src-renderer/charts/activation-colors';
import type { Theme } from '../../../../src-renderer/charts/theme';

const theme = {
  panel: '#000000',
  accent: '#00ff00',
  weightPositive: '#ff8800',
  weightNegative: '#0000ff',
  mistake: '#ff0000',
} as Theme;

describe('the colours of activations', () => {
  it('are one hue, stronger for larger magnitudes, if none is negative', () => {
    const colorOf = activationColors([0, 1, 2], theme);
    expect([0, 1, 2].map(colorOf)).toEqual(['rgb(0 0 0)', 'rgb(0 128 0)', 'rgb(0 255 0)']);
  });

  it('are those of positive and negative weights if some are negative', () => {
    const colorOf = activationColors([-2, 2], theme);
    expect([-2, 2].map(colorOf)).toEqual(['rgb(0 0 255)', 'rgb(255 136 0)']);
  });

  it('are those of no activity if all are zero', () => {
    expect(activationColors([0, 0], theme)(0)).toBe('rgb(0 0 0)');
  });
});
