// What a new run is called, after the run before it.
import { describe, expect, it } from 'vitest';
import { nameOfRun } from '../../../../../src-main/runs/naming/run-name';
import { PLAIN_SETTINGS, PRESETS } from '../../../../../src-shared/settings/presets';
import type { Settings } from '../../../../../src-shared/settings/settings';
import { epochResult, runSummary } from '../../../../fixtures/runs';

const plain = runSummary(1);
const named = (changes: Partial<Settings>, earlier = [plain]) =>
  nameOfRun(runSummary(9, { settings: { ...PLAIN_SETTINGS, ...changes } }), earlier);

describe('the first run on a dataset', () => {
  it('is called as its preset', () => {
    expect(named(PRESETS.fast.settings, [])).toBe('Fast');
    expect(named({ ...PRESETS['simard-2003'].settings, seed: 3, threads: 2 }, [])).toBe('Simard 2003');
    expect(named(PRESETS.dropout.settings, [])).toBe('Dropout');
  });

  it('is called by its recipe if it has no preset', () => {
    expect(named({ hidden: [128, 64], optimizer: 'adam', learningRate: 0.003 }, [])).toBe('784-128-64-2, Adam 0.003');
  });
});

describe('a later run', () => {
  it.each<[string, Partial<Settings>]>([
    ['learning rate 0.01', { learningRate: 0.01 }],
    ['hidden units 64 → 32, dropout 0.2', { dropout: 0.2, hidden: [64, 32] }],
    ['no hidden layer', { hidden: [] }],
    ['optimizer Adam, schedule Cosine', { schedule: 'cosine', optimizer: 'adam' }],
    ['1 epoch', { epochs: 1 }],
    ['seed 2', { seed: 2 }],
    ['learning rate 0.01', { seed: 2, learningRate: 0.01 }],
    ['same settings', {}],
  ])('is called “%s”', (name, changes) => expect(named(changes)).toBe(name));

  it('names two differences at most, and counts the others', () => {
    expect(named({ learningRate: 0.01, dropout: 0.2, batchSize: 32, epochs: 3 })).toMatch(
      /^learning rate 0.01, .*, 2 more$/,
    );
  });

  it('is called as its preset if it differs in more than two settings', () => {
    expect(named(PRESETS.recommended.settings)).toBe('Recommended');
  });

  it('does not name a setting without effect, or the threads', () => {
    expect(named({ momentum: 0.5, stepEpochs: 3, elasticSmoothness: 9, threads: 1 })).toBe('same settings');
  });

  it('is compared with the run of the highest number, whatever the order of the list', () => {
    const other = runSummary(2, { settings: { ...PLAIN_SETTINGS, learningRate: 0.5 } });
    expect(named({ learningRate: 0.5, dropout: 0.1 }, [plain, other])).toBe('dropout 0.1');
    expect(named({ learningRate: 0.5, dropout: 0.1 }, [other, plain])).toBe('dropout 0.1');
  });

  it('is not compared with a network that was opened from a file', () => {
    const opened = runSummary(2, { epochsTrained: 0, result: epochResult(0, 0.9), settings: PRESETS.record.settings });
    expect(named({ seed: 2 }, [plain, opened])).toBe('seed 2');
  });

  it('names the run that it continues, and what differs from that', () => {
    const continued = runSummary(9, { parent: { id: plain.id, epoch: 3 } });
    expect(nameOfRun(continued, [plain])).toBe('continues #1');
    expect(nameOfRun({ ...continued, settings: { ...PLAIN_SETTINGS, learningRate: 0.01 } }, [plain])).toBe(
      'continues #1, learning rate 0.01',
    );
    expect(nameOfRun(continued, [])).not.toContain('continues');
  });
});
