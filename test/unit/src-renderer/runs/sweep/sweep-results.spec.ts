import { describe, expect, it } from 'vitest';
import { deviation, placesOf, sweepResults, sweepTable } from '../../../../../src-renderer/runs/sweep/sweep-results';
import { PLAIN_SETTINGS } from '../../../../../src-shared/settings/presets';
import type { Settings } from '../../../../../src-shared/settings/settings';
import { epochResult, runSummary } from '../../../../fixtures/runs';

let number = 0;
const run = (settings: Partial<Settings>, accuracy?: number) =>
  runSummary(++number, {
    settings: { ...PLAIN_SETTINGS, ...settings },
    result: accuracy === undefined ? undefined : epochResult(1, accuracy),
  });

describe('the results of a group', () => {
  it('have no mean and no deviation if there are none', () => {
    const { cells } = sweepResults([run({})]);
    expect([cells[0]!.mean, deviation(cells[0]!)]).toEqual([NaN, NaN]);
    expect(sweepTable({ fields: [], cells })).toBe(
      'runs,with a result,mean test accuracy,lowest,highest,standard deviation\r\n1,0,,,,\r\n',
    );
  });

  it('are grouped by the settings that vary, not by the seed, in the order of their values', () => {
    const { fields, cells } = sweepResults([
      run({ learningRate: 0.1 }, 0.5),
      run({ learningRate: 0.02 }, 0.9),
      run({ learningRate: 0.1, seed: 2 }, 0.75),
      run({ learningRate: 0.1, seed: 3 }),
    ]);
    expect(fields).toEqual(['learningRate']);
    expect(cells.map(({ values, runs, accuracies, mean }) => [values, runs, accuracies, mean])).toEqual([
      [['0.02'], 1, [0.9], 0.9],
      [['0.1'], 3, [0.5, 0.75], 0.625],
    ]);
  });

  it('of two settings have a cell for each pair, layers by their numbers', () => {
    const { fields, cells } = sweepResults([
      run({ hidden: [128], optimizer: 'sgd' }, 0.5),
      run({ hidden: [64], optimizer: 'sgd' }, 0.5),
      run({ hidden: [64], optimizer: 'adam' }, 0.5),
    ]);
    expect(fields).toEqual(['hidden', 'optimizer']);
    expect(cells.map(({ values }) => values.join(' '))).toEqual(['64 Adam', '64 SGD', '128 SGD']);
  });

  it('have the standard deviation of a sample', () => {
    expect(deviation({ accuracies: [2, 4, 4, 4, 5, 5, 7, 9], mean: 5 })).toBeCloseTo(Math.sqrt(32 / 7), 12);
  });

  it('are placed on a linear axis, a logarithmic one for a wide range, or evenly if they are no numbers', () => {
    const places = (settings: Partial<Settings>[]): number[] =>
      placesOf(sweepResults(settings.map((some) => run(some, 0.5))).cells).map((place) => Number(place.toFixed(3)));
    expect(places([{ dropout: 0 }, { dropout: 0.1 }, { dropout: 0.4 }])).toEqual([0, 0.25, 1]);
    expect(places([{ learningRate: 0.01 }, { learningRate: 0.1 }, { learningRate: 1 }])).toEqual([0, 0.5, 1]);
    expect(places([{ optimizer: 'sgd' }, { optimizer: 'adam' }, { optimizer: 'rmsprop' }])).toEqual([0, 0.5, 1]);
    expect(places([{}])).toEqual([0.5]);
  });
});
