import { afterEach, describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatExponent,
  formatFixed,
  formatLoss,
  formatMoment,
  formatPercent,
  formatRange,
  formatShort,
  formatSignificant,
  formatSigned,
  formatTimeLeft,
  formatUpTo,
  padNumber,
  useLocale,
} from '../../../src-renderer/ui/format';
import { findMistakes } from '../../../src-renderer/client/find-mistakes';
import { cardsThatFit, mistakesFrom, narrowestCard } from '../../../src-renderer/mistakes/mistakes';
import { announcement, runDetail, runLabel } from '../../../src-renderer/shell/run-label';
import type { LoadedDataset, Phase, Run } from '../../../src-renderer/client/training';
import { parseValues, valuesExample } from '../../../src-renderer/runs/sweep/sweep';
import {
  checkSettings,
  rateAt,
  ratePosition,
  scheduleIn,
  settingsText,
} from '../../../src-renderer/settings/settings-form';
import { PLAIN_SETTINGS } from '../../../src-shared/settings/presets';
import type { Settings } from '../../../src-shared/settings/settings';

function run(phase: Phase, epochs: number): Run {
  return {
    number: 1,
    phase,
    failure: undefined,
    settings: { ...PLAIN_SETTINGS, hidden: [256] },
    changes: [],
    epochs: 20,
    scheduleStart: 0,
    sizes: [784, 256, 10],
    engine: {
      name: 'reference',
      label: 'Reference engine',
      threads: 1,
      precision: 'float32',
      simd: 'none',
      firstLayer: 'sparse',
    },
    progress: {
      epoch: Math.floor(epochs) + 1,
      batch: Math.round((epochs % 1) * 100),
      batches: 100,
      learningRate: 0.1,
      imagesPerSecond: 9000,
      secondsLeft: 79.2,
      memory: 1e8,
    },
    points: [],
    results: Array.from({ length: Math.floor(epochs) }, (_, index) => ({
      epoch: index + 1,
      trainLoss: 0.1,
      trainAccuracy: 0.97,
      testLoss: 0.081,
      testAccuracy: 0.9763,
      validation: undefined,
      learningRate: 0.1,
      seconds: 6,
      imagesPerSecond: 9000,
    })),
    network: undefined,
    frames: [],
    gradients: [],
    predictions: undefined,
    mistakes: undefined,
    history: [],
    activations: undefined,
    kept: undefined,
  };
}

describe('numbers', () => {
  it('say nothing of what is no number', () => {
    expect(formatLoss(NaN)).toBe('–');
    expect(formatTimeLeft(Infinity)).toBe('');
  });

  it('are as exact as they are useful', () => {
    expect([0.0814, 2.3021, 31.216].map(formatLoss)).toEqual(['0.081', '2.302', '31.22']);
    expect(formatPercent(0.97634)).toBe('97.6%');
    expect([4542, 9_912_422, 12, 2_340_000_000].map(formatBytes)).toEqual(['4.5 kB', '9.9 MB', '12 B', '2.3 GB']);
    expect([1.2, 59.5, 80, 7500].map(formatTimeLeft)).toEqual([
      '2 s left',
      '1 min 0 s left',
      '1 min 20 s left',
      '2 h 5 min left',
    ]);
    expect([-0.25, 0.2].map(formatSigned)).toEqual(['−0.25', '+0.20']);
  });

  it('name a page of a list', () => {
    expect([formatRange(60, 60, 6131), formatRange(6120, 11, 6131), formatRange(0, 0, 0)]).toEqual([
      '61–120 of 6,131',
      '6,121–6,131 of 6,131',
      'none',
    ]);
  });

  it('have as many digits as asked for', () => {
    expect([formatFixed(0.5, 2), formatFixed(1234.56, 1), formatUpTo(2.5, 2), formatUpTo(3, 2)]).toEqual([
      '0.50',
      '1234.6',
      '2.5',
      '3',
    ]);
    expect([
      formatSignificant(0.5, 2),
      formatSignificant(123.4, 2),
      formatShort(0.1, 3),
      formatExponent(0.00002, 1),
    ]).toEqual(['0.50', '120', '0.1', '2.0e−5']);
  });

  it('keep their width with spaces as wide as a digit', () => {
    expect(padNumber('97', 4)).toBe('\u2007\u200797');
  });
});

describe('the custom of a country', () => {
  afterEach(() => useLocale('en-US'));
  const now = new Date(2026, 10, 23, 12).getTime();
  const written = () =>
    [
      formatCount(60_000),
      formatPercent(0.97634),
      formatLoss(2.3021),
      formatBytes(9_912_422),
      formatSigned(-0.25),
      formatMoment(new Date(2026, 10, 23, 9, 5).getTime(), now),
      formatMoment(new Date(2025, 0, 3, 9, 5).getTime(), now),
    ].map((text) => text.replace(/\s/g, ' ')); // which space it is depends on the age of the tables

  it('decides on points, commas and dates', () => {
    expect(written()).toEqual(['60,000', '97.6%', '2.302', '9.9 MB', '−0.25', 'Nov 23, 09:05 AM', 'Jan 3, 2025']);
    useLocale('de-DE');
    expect(written()).toEqual(['60.000', '97,6 %', '2,302', '9,9 MB', '−0,25', '23. Nov., 09:05', '3. Jan. 2025']);
    useLocale('en-GB');
    expect(written().slice(5)).toEqual(['23 Nov, 09:05', '3 Jan 2025']);
  });

  it('decides on how numbers are typed', () => {
    const settings: Settings = { ...PLAIN_SETTINGS, learningRate: 0.000001, momentum: 0.95 };
    expect(settingsText(settings)).toMatchObject({ learningRate: '0.000001', momentum: '0.95' });
    expect(parseValues('learningRate', '0.01, 0.1', [])).toEqual([0.01, 0.1]);
    useLocale('de-DE');
    const text = settingsText(settings);
    expect(text).toMatchObject({ learningRate: '0,000001', momentum: '0,95' });
    expect(checkSettings(text, 60_000)).toEqual({ settings, errors: {} });
    expect(checkSettings({ ...text, momentum: '0.9' }, 60_000).settings?.momentum).toBe(0.9);
    expect(scheduleIn(text, checkSettings(text, 60_000))).toMatchObject({ learningRate: 0.000001 });
    expect(rateAt(-2)).toBe('0,01');
    expect(ratePosition(rateAt(-2))).toBeCloseTo(-2, 6);
    expect(parseValues('learningRate', valuesExample('learningRate'), [])).toEqual([0.01, 0.03, 0.1]);
    expect(parseValues('batchSize', valuesExample('batchSize'), [])).toEqual([32, 64, 128]);
  });
});

describe('a run in words', () => {
  it('invites to train before there is one', () => {
    expect(runLabel(undefined)).toBe('Ready to train');
    expect(announcement(undefined)).toBe('');
  });

  it('says how far it is and how long it will take', () => {
    expect([runLabel(run('running', 9.2)), runDetail(run('running', 9.2))]).toEqual([
      'Epoch 9.2 of 20',
      '1 min 20 s left',
    ]);
    expect(runLabel(run('paused', 9.2))).toBe('Paused at epoch 9.2 of 20');
  });

  it('says how it ended', () => {
    expect([runLabel(run('completed', 20)), runDetail(run('completed', 20))]).toEqual([
      'Finished: 20 epochs',
      'test accuracy 97.6%',
    ]);
    expect(runLabel(run('stopped', 9.2))).toBe('Stopped at epoch 9.2 of 20');
    expect(announcement(run('completed', 20))).toBe('Finished: 20 epochs, test accuracy 97.6%');
  });

  it('says which epoch is kept, and what that one has reached', () => {
    const early: Run = { ...run('early', 12), kept: 7 };
    const results = early.results.map((result) => ({ ...result, testAccuracy: result.epoch / 100 }));
    expect([runLabel(early), runDetail({ ...early, results })]).toEqual([
      'Stopped early: epoch 12',
      'best weights: epoch 7, test 7.0%',
    ]);
  });

  it('says the batch where it waits in the middle of an epoch', () => {
    const waiting = run('paused', 9.2);
    expect(runDetail(waiting)).toBe('batch 20 of 100');
    expect(runDetail({ ...waiting, progress: { ...waiting.progress!, epoch: 9, batch: 100 } })).toBe(
      'test accuracy 97.6%',
    );
  });

  it('counts the epochs that were added', () => {
    expect(runLabel({ ...run('running', 9.2), epochs: 25 })).toBe('Epoch 9.2 of 25');
  });

  it('is announced once an epoch, not with every batch', () => {
    expect(announcement(run('running', 9.2))).toBe(announcement(run('running', 9.7)));
    expect(announcement(run('running', 9.2))).toBe('Epoch 9 of 20: test accuracy 97.6%, test loss 0.081');
  });

  it('is announced less often than its epochs where they are short', () => {
    const short = run('running', 20);
    const results = short.results.map((result) => ({ ...result, seconds: 1.5 }));
    const heard = results.map((_, k) => announcement({ ...short, results: results.slice(0, k + 1) }).split(':')[0]);
    expect([...new Set(heard)]).toEqual([
      'Epoch 1 of 20',
      'Epoch 4 of 20',
      'Epoch 7 of 20',
      'Epoch 10 of 20',
      'Epoch 14 of 20',
      'Epoch 17 of 20',
      'Epoch 20 of 20',
    ]);
  });
});

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

  it('are the images whose prediction is not their label, worst loss first, and of equals the first', () => {
    const labels = Uint16Array.of(1, 1, 0, 0);
    const probabilities = Float32Array.of(0.9, 0.1, 0.4, 0.6, 0.1, 0.9, 0.5, 0.5);
    const found = findMistakes(
      { predicted: Uint16Array.of(0, 1, 1, 1), confidence: Float32Array.of(0.9, 0.6, 0.9, 0.5), probabilities },
      labels,
    );
    expect([...found.index]).toEqual([0, 2, 3]);
    expect([...found.predicted]).toEqual([0, 1, 1]);
    expect([...found.loss].map((loss) => loss.toFixed(4))).toEqual(['2.3026', '2.3026', '0.6931']);
  });

  it('carry their picture and both class names', () => {
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

  it('tell of a label that is published as wrong', () => {
    const [, mistake] = mistakesFrom(dataset, mistakes, 0, 2);
    expect(mistake).toMatchObject({
      index: 1,
      labelError: 'Published as a label error (Northcutt et al. 2021): labelled one',
    });
  });

  it('take more room for long class names, but not any', () => {
    const [short, long, endless] = [['0', '1'], ['Bag', 'Ankle'], ['a'.repeat(200)]].map(narrowestCard);
    expect(long).toBeGreaterThan(short!);
    expect(endless).toBe(180);
  });

  it('end where the list ends', () => {
    expect(mistakesFrom(dataset, mistakes, 1, 10)).toHaveLength(1);
    expect(mistakesFrom(dataset, mistakes, 5, 10)).toEqual([]);
  });

  it('fill the room, with one at least', () => {
    expect(cardsThatFit({ width: 320, height: 210 }, { width: 100, height: 100 }, 10)).toBe(6);
    expect(cardsThatFit({ width: 0, height: 0 }, { width: 100, height: 100 }, 10)).toBe(1);
  });
});
