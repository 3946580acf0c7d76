// Orders to a run in the middle of a batch, or of a step of several batches.
import { describe, expect, it } from 'vitest';
import type { Settings } from '../../../../../src-shared/settings/settings';
import { createFastEngine } from '../../../../../src-main/trainer/engine/wasm/wasm-engine';
import { RunControl } from '../../../../../src-main/trainer/run/run-control';
import { beginRun } from '../../../../../src-main/trainer/run/training-loop';
import { turn, smallDataset as dataset, smallSettings as settings } from '../../../../fixtures/begun-run';
import { FAST_SIMD } from '../../../../fixtures/simd';
import { endsOf, ofKind, stage } from '../../../../fixtures/stage';

/** A run on a fast engine that takes orders several times in each batch. */
function beginInSteps(changes: Partial<Settings> = {}) {
  const staged = stage({
    createEngine: (options) => createFastEngine({ ...options, threads: 1, simd: FAST_SIMD, mostWork: 20_000 }),
  });
  const run = beginRun({ run: 1, dataset, settings: { ...settings, ...changes } }, staged.context)!;
  /** Gives the order in the middle of the batch after this many updates. */
  const inBatchAfter = (updates: number, order: () => void): void => {
    const { control } = staged.context;
    const ask = control.mayContinue.bind(control);
    let given = false;
    control.mayContinue = () => {
      if (!given && !run.state.batches.betweenBatches && run.engine.readState().updates === updates) {
        given = true;
        order();
      }
      return ask();
    };
  };
  return { ...staged, run, inBatchAfter };
}

describe('a stop in the middle of a batch', () => {
  it.each([1, 7, 13])(
    'keeps all %i batches before it, and an extension leads to the same weights and curve',
    async (updates) => {
      const whole = beginInSteps();
      await whole.run.train('end');
      const cut = beginInSteps({ epochs: 1 });
      cut.inBatchAfter(updates, () => cut.run.stop());
      await cut.run.train('end');
      expect(endsOf(cut)).toEqual(['stopped']);
      expect(cut.run.engine.readState().updates).toBe(updates);
      expect(cut.run.state.epoch.images).toBe(updates * 32);
      await cut.run.extend(1, 'end');
      expect(cut.run.engine.readState()).toEqual(whole.run.engine.readState());
      const points = ({ events }: typeof whole) =>
        ofKind(events, 'progress').flatMap((event) => event.points.map(({ epochs }) => epochs));
      expect(points(cut)).toEqual(points(whole));
    },
  );

  it('finishes that batch if a change was promised to follow it', async () => {
    const cut = beginInSteps({ epochs: 1 });
    cut.inBatchAfter(5, () => {
      cut.run.change({ learningRate: 0.01 });
      cut.run.stop();
    });
    await cut.run.train('end');
    expect(ofKind(cut.events, 'changed')[0]!.change).toMatchObject({ update: 6, epochs: 6 / 20 });
    expect(cut.run.engine.readState().updates).toBe(6);
  });
});

it('a change in the middle of a batch takes effect with the very next one', async () => {
  const changed = beginInSteps({ epochs: 1 });
  changed.inBatchAfter(5, () => changed.run.change({ learningRate: 0.01 }));
  await changed.run.train('end');
  const stepped = beginInSteps({ epochs: 1 });
  const ended = stepped.run.train('batch');
  for (let updates = 1; updates <= 6; updates++) {
    while (!stepped.context.control.paused) await turn();
    if (updates < 6) stepped.run.resume('batch');
  }
  stepped.run.change({ learningRate: 0.01 });
  stepped.run.resume('end');
  await ended;
  expect(changed.run.engine.readState()).toEqual(stepped.run.engine.readState());
});

it('a single batch is one, also if it is ordered in the middle of a step of several', async () => {
  const now = () => 0; // so fast that a step has many batches
  const staged = stage({
    now,
    control: new RunControl(now),
    createEngine: (options) => createFastEngine({ ...options, threads: 1, simd: FAST_SIMD, mostWork: 20_000 }),
  });
  const run = beginRun({ run: 1, dataset, settings: { ...settings, epochs: 1 } }, staged.context)!;
  const { control } = staged.context;
  const ask = control.mayContinue.bind(control);
  control.mayContinue = () => {
    if (!run.state.batches.betweenBatches && run.engine.readState().updates === 7) control.until = 'batch';
    return ask();
  };
  const ended = run.train('end');
  while (!control.paused) await turn();
  expect(run.engine.readState().updates).toBe(8);
  run.stop();
  await ended;
});

it('activations that are requested just before a stop are sent at the end', async () => {
  const begun = beginInSteps();
  begun.inBatchAfter(3, () => {
    begun.run.requestActivations(1);
    begun.run.stop();
  });
  await begun.run.train('end');
  expect(ofKind(begun.events, 'activations')).toMatchObject([{ activations: { layer: 1, units: 16 } }]);
});
