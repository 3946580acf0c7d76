// An engine that breaks at any moment of a run: the run fails with its error, and nothing else happens.
import { describe, expect, it } from 'vitest';
import { PLAIN_SETTINGS } from '../../../../../src-shared/settings/presets';
import type { Settings } from '../../../../../src-shared/settings/settings';
import type { Engine } from '../../../../../src-main/trainer/engine/engine';
import { beginRun } from '../../../../../src-main/trainer/run/training-loop';
import { smallDataset as dataset, turn } from '../../../../fixtures/begun-run';
import { scriptedEngines } from '../../../../fixtures/scripted-engine';
import { endsOf, stage } from '../../../../fixtures/stage';

const settings: Settings = { ...PLAIN_SETTINGS, hidden: [32, 16], batchSize: 32, epochs: 2 };

describe('a broken engine ends the run in the failed state, with its error', () => {
  const broken = (): never => {
    throw new Error('The engine is broken.');
  };
  function begin(fault: Partial<Engine>) {
    const { createEngine } = scriptedEngines();
    const staged = stage({ createEngine: (options) => ({ ...createEngine(options), ...fault }) });
    return { ...staged, run: beginRun({ run: 1, dataset, settings }, staged.context)! };
  }
  const failed = {
    kind: 'failed',
    run: 1,
    error: { code: 'unexpected', message: expect.stringContaining('The engine is broken.') },
  };

  it.each<[string, Partial<Engine>, 'end' | undefined]>([
    ['while it trains', { train: broken }, 'end'],
    ['at the end of an epoch', { predict: broken }, 'end'],
    ['while an opened network is evaluated', { predict: broken }, undefined],
    ['before it has begun', { readState: broken }, 'end'],
    ['while it shows its weights', { readWeights: broken }, undefined],
  ])('%s', async (_, fault, until) => {
    const begun = begin(fault);
    await begun.run.train(until);
    expect(begun.events.at(-1)).toEqual(failed);
    expect(endsOf(begun)).toEqual(['failed']);
    expect(begun.run.failed).toBe(true);
    const before = begun.events.length;
    await begun.run.extend(1, 'end');
    expect(begun.events.length).toBe(before);
  });

  it('when activations are requested during a pause', async () => {
    const begun = begin({ outputs: broken });
    const ended = begun.run.train('batch');
    while (!begun.context.control.paused) await turn();
    begun.run.requestActivations(0);
    await ended;
    expect(begun.events.at(-1)).toEqual(failed);
    expect(endsOf(begun)).toEqual(['failed']);
  });

  it('when activations are requested after its end', async () => {
    const begun = begin({ outputs: broken });
    await begun.run.train('end');
    begun.run.requestActivations(0);
    expect(begun.events.at(-1)).toEqual(failed);
    expect(endsOf(begun)).toEqual(['completed', 'failed']);
  });
});
