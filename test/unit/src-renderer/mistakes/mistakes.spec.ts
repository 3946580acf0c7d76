import { describe, expect, it } from 'vitest';
import { cardsThatFit, cardText, mistakesFrom } from '../../../../src-renderer/mistakes/mistakes';
import type { LoadedDataset } from '../../../../src-renderer/client/training';

describe('mistakes', () => {
  const dataset = {
    info: { classNames: ['zero', 'one'], rows: 1, columns: 2, labelErrors: [1] },
    testImages: Uint8Array.of(1, 2, 3, 4, 5, 6),
    testLabels: Uint16Array.of(0, 1, 0),
  } as unknown as LoadedDataset;
  const mistakes = {
    index: Uint32Array.of(2, 1),
    predicted: Uint16Array.of(1, 0),
    confidence: Float32Array.of(0.75, 0.5),
    loss: Float32Array.of(3, 2),
  };

  it('have their pixels and both class names', () => {
    expect(mistakesFrom(dataset, mistakes, 0, 1)).toEqual([
      {
        index: 2,
        predicted: 'one',
        truth: 'zero',
        labelError: undefined,
        confidence: 0.75,
        loss: 3,
        pixels: Uint8Array.of(5, 6),
      },
    ]);
  });

  it('mark a label that is published as wrong', () => {
    const [, mistake] = mistakesFrom(dataset, mistakes, 0, 2);
    expect(mistake).toMatchObject({
      index: 1,
      labelError: 'Published as a label error (Northcutt et al. 2021): labelled one',
    });
  });

  it('have room for the longest confidence, whatever the class names are', () => {
    for (const names of [
      ['0', '1'],
      ['Bag', 'Ankle boot'],
    ])
      expect(cardText(names, false).width).toBeGreaterThanOrEqual(7 * '100.0% sure'.length);
  });

  it('have a line each for prediction and label if class names are long, and are wider, up to a limit', () => {
    const [short, long, endless] = [['0', '1'], ['Bag', 'Ankle boot'], ['a'.repeat(200)]].map((names) =>
      cardText(names, true),
    );
    expect([short, long].map((text) => text!.stacked)).toEqual([false, true]);
    expect(long!.width).toBeGreaterThan(short!.width);
    expect(long!.height).toBe(short!.height + 18);
    expect(endless!.width).toBeLessThan(200);
  });

  it('end where the list ends', () => {
    expect(mistakesFrom(dataset, mistakes, 1, 10)).toHaveLength(1);
    expect(mistakesFrom(dataset, mistakes, 5, 10)).toEqual([]);
  });

  it('fill the room, with at least one', () => {
    expect(cardsThatFit({ width: 320, height: 210 }, { width: 100, height: 100 }, 10)).toBe(6);
    expect(cardsThatFit({ width: 0, height: 0 }, { width: 100, height: 100 }, 10)).toBe(1);
  });
});
