import { describe, expect, it } from 'vitest';
import {
  changeLabel,
  changeSentence,
  changesTo,
  draftOf,
  draftWith,
  isLive,
  runText,
  withLayerAdded,
} from '../../../../src-renderer/settings/live-settings';
import { liveSettings, type Run } from '../../../../src-renderer/client/training';
import { PLAIN_SETTINGS } from '../../../../src-shared/settings/presets';
import type { Settings } from '../../../../src-shared/settings/settings';

const settings: Settings = { ...PLAIN_SETTINGS, hidden: [256] };
const run = { number: 3, settings, changes: [], epochs: 25 } as unknown as Run;
const change = { epochs: 2.54, update: 10, changes: { learningRate: 0.05, batchSize: 128 } };

it('allows changes of only some fields during training', () => {
  expect(['hidden', 'epochs', 'weightDecay', 'optimizer'].some((name) => isLive(name as keyof Settings))).toBe(false);
  expect(isLive('learningRate')).toBe(true);
});

describe('the settings of a run', () => {
  it('are those at its start, then its changes in order', () => {
    expect(liveSettings(run)).toEqual(settings);
    const later = { ...change, changes: { learningRate: 0.01 } };
    expect(liveSettings({ settings, changes: [change, later] })).toEqual({
      ...settings,
      learningRate: 0.01,
      batchSize: 128,
    });
  });

  it('are shown with the epochs by which the run was extended', () => {
    expect(runText(run, undefined)).toMatchObject({ epochs: '25', learningRate: '0.1' });
    expect(runText({ ...run, changes: [change] }, undefined).learningRate).toBe('0.05');
  });
});

describe('what is typed during training', () => {
  const draft = draftWith(run, draftWith(run, undefined, { learningRate: '0.' }), { batchSize: '12' });

  it('overrides the settings of the run until the next change', () => {
    expect(runText(run, draft)).toMatchObject({ learningRate: '0.', batchSize: '12' });
    expect(draftOf({ ...run, changes: [change] }, draft)).toEqual({});
  });

  it('does not apply to another run', () => {
    expect(draftOf({ ...run, number: 4 }, draft)).toEqual({});
  });

  it('is sent as the fields that differ', () => {
    expect(changesTo(settings, settings)).toEqual({});
    expect(changesTo(settings, { ...settings, dropout: 0.5, epochs: 30 })).toEqual({ dropout: 0.5 });
  });
});

it('describes a change in few words', () => {
  expect(changeLabel(change)).toBe('rate 0.05, batch 128');
  expect(changeSentence({ ...change, changes: { inputDropout: 0.2 } })).toBe('input dropout 0.2 at epoch 2.5');
});

it('adds a layer of the same size as the last, up to six', () => {
  expect(withLayerAdded([])).toEqual(['128']);
  expect(withLayerAdded(['256', '64'])).toEqual(['256', '64', '64']);
  expect(withLayerAdded(['1', '2', '3', '4', '5', '6'])).toHaveLength(6);
});
