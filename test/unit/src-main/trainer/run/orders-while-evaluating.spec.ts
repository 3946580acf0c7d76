// Orders to a run while its network is evaluated.
import { describe, expect, it } from 'vitest';
import {
  beginScripted,
  epochsOf,
  turn,
  type BegunRun,
  smallDataset as dataset,
  smallSettings as settings,
} from '../../../../fixtures/begun-run';
import { endsOf, ofKind } from '../../../../fixtures/stage';

describe('while its network is evaluated', () => {
  /** Gives the order at the first turn of the evaluation. */
  async function evaluating(order: (run: BegunRun['run']) => void, until?: 'end') {
    const begun = beginScripted(dataset, settings);
    const ended = begun.run.train(until);
    expect(begun.context.control.phase).toBe('evaluating');
    await turn();
    order(begun.run);
    return { ...begun, ended };
  }

  it('a run can be stopped', async () => {
    const { ended, events, reports } = await evaluating((run) => run.stop());
    await ended;
    expect(epochsOf({ events })).toEqual([]);
    expect(endsOf({ reports })).toEqual(['stopped']);
  });

  it('a run can be paused and resumed', async () => {
    const begun = await evaluating((run) => run.pause());
    for (let k = 0; k < 50; k++) await turn();
    expect(begun.context.control.phase).toBe('paused');
    expect(begun.events.at(-1)).toEqual({ kind: 'paused', run: 1, paused: true });
    begun.run.resume('end');
    expect(begun.context.control.phase).toBe('evaluating');
    await begun.ended;
    expect(epochsOf(begun)).toEqual([0]);
  });

  it('more epochs are trained once it is over', async () => {
    const begun = await evaluating((run) => void run.extend(2, 'end'));
    await begun.ended;
    expect(epochsOf(begun)).toEqual([0, 1, 2]);
    // Main keeps no status of a run that is only evaluated: it must learn that this one is trained from now on.
    expect(endsOf(begun)).toEqual(['stopped', 'completed']);
    expect(begun.context.control.phase).toBe('idle');
  });

  it('more epochs are trained once it is over, also if it is paused', async () => {
    const begun = await evaluating((run) => run.pause());
    void begun.run.extend(2, 'end');
    begun.run.resume('end');
    await begun.ended;
    expect(epochsOf(begun)).toEqual([0, 1, 2]);
  });

  it('a stop also cancels the epochs that were added before it', async () => {
    const begun = await evaluating((run) => void run.extend(2, 'end'));
    begun.run.stop();
    await begun.ended;
    expect(epochsOf(begun)).toEqual([]);
    expect(endsOf(begun)).toEqual(['stopped']);
  });

  it('the last order decides when the postponed epochs pause', async () => {
    const begun = await evaluating((run) => run.pause());
    void begun.run.extend(2, 'end');
    begun.run.resume('epoch');
    while (!begun.context.control.paused) await turn();
    expect(epochsOf(begun)).toEqual([0, 1]);
    begun.run.resume('end');
    await begun.ended;
  });

  it('a change is stored', async () => {
    const begun = await evaluating((run) => run.change({ learningRate: 0.5 }));
    await begun.ended;
    expect(begun.run.state.plan.settings.learningRate).toBe(0.5);
    expect(ofKind(begun.events, 'changed')).toHaveLength(1);
  });

  it('another run can replace it', async () => {
    const begun = await evaluating((run) => run.dispose());
    expect(begun.events.at(-1)).toEqual({ kind: 'finished', run: 1, reason: 'stopped' });
    await begun.ended;
    expect(endsOf(begun)).toEqual(['stopped']);
    expect(begun.disposed()).toBe(1);
    expect(begun.context.control.phase).toBe('abandoned');
  });
});
