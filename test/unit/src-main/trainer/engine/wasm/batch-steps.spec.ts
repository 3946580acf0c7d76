import { describe, expect, it } from 'vitest';
import { batchSteps, type BatchStep } from '../../../../../../src-main/trainer/engine/wasm/batch-steps';

const shape = { sizes: [100, 20, 10], ink: 0.5, batchSize: 300, tile: 128 };
const rowsOf = (steps: BatchStep[], task: string, layer: number) =>
  steps.filter((step) => step.task === task && step.layer === layer).map(({ fromRow, toRow }) => [fromRow, toRow]);

describe('the steps of a batch', () => {
  it('are none if the whole batch is little work', () => {
    expect(batchSteps({ ...shape, mostWork: 1e9 })).toBeUndefined();
    expect(batchSteps(shape)).toBeUndefined();
  });

  it('go forward through all layers, then backward, each layer after the gradient that it needs', () => {
    const steps = batchSteps({ ...shape, batchSize: 128, mostWork: 1 })!;
    expect(steps.map(({ task, layer }) => `${task} ${layer}`)).toEqual([
      'forward 0',
      'forward 1',
      'backward 1',
      'gradient 1',
      'gradient 0',
    ]);
  });

  it('take every row once, in whole tiles', () => {
    const steps = batchSteps({ ...shape, mostWork: 1 })!;
    for (const [task, layer] of [
      ['forward', 0],
      ['forward', 1],
      ['backward', 1],
      ['gradient', 1],
      ['gradient', 0],
    ] as const) {
      expect(rowsOf(steps, task, layer)).toEqual([
        [0, 128],
        [128, 256],
        [256, 300],
      ]);
    }
  });

  it('take more rows if a layer is small, and count only the inked pixels', () => {
    // 100 × 20 × 0.5 = 1,000 multiply-adds per row, 20 × 10 = 200.
    const steps = batchSteps({ ...shape, mostWork: 200 * 384 })!;
    expect(rowsOf(steps, 'forward', 0)).toEqual([
      [0, 128],
      [128, 256],
      [256, 300],
    ]);
    expect(rowsOf(steps, 'forward', 1)).toEqual([[0, 300]]);
  });

  it('say which share of the work is done', () => {
    const steps = batchSteps({ ...shape, batchSize: 128, mostWork: 1 })!;
    expect(steps.map(({ done }) => Number(done.toFixed(4)))).toEqual(
      [1000, 1200, 1400, 1600, 2600].map((work) => Number((work / 2600).toFixed(4))),
    );
  });
});
