// Orders at any moment of a run: while it is evaluated, in the middle of a step, while the best weights are put back,
// after its end.
import { describe, expect, it } from 'vitest';
import { PLAIN_SETTINGS } from '../../../../../src-shared/settings/presets';
import type { EpochRecord, StoredRun } from '../../../../../src-shared/runs/runs';
import type { Settings } from '../../../../../src-shared/settings/settings';
import type { Engine } from '../../../../../src-main/trainer/engine/engine';
import { createReferenceEngine } from '../../../../../src-main/trainer/engine/reference/reference-engine';
import { createFastEngine } from '../../../../../src-main/trainer/engine/wasm/wasm-engine';
import { RunControl } from '../../../../../src-main/trainer/run/run-control';
import { beginRun, trainRun } from '../../../../../src-main/trainer/run/training-loop';
import { randomDataset } from '../../../../fixtures/random-dataset';
import { scriptedEngines, type Script } from '../../../../fixtures/scripted-engine';
import { FAST_SIMD } from '../../../../fixtures/simd';
import { checkpoints, endsOf, ofKind, stage } from '../../../../fixtures/stage';

const dataset = randomDataset({ train: 640, test: 100, pixels: 64, rows: 8, classes: 4, zeroShare: 0.5 });
const settings: Settings = {
  ...PLAIN_SETTINGS,
  hidden: [32, 16],
  batchSize: 32,
  epochs: 2,
  learningRate: 0.05,
  optimizer: 'momentum',
};
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** On a fast engine that looks for orders several times in each batch. */
function beginInSteps(changes: Partial<Settings> = {}) {
  const staged = stage({
    createEngine: (options) => createFastEngine({ ...options, threads: 1, simd: FAST_SIMD, mostWork: 20_000 }),
  });
  const run = beginRun({ run: 1, dataset, settings: { ...settings, ...changes } }, staged.context)!;
  /** Orders given when so many updates are made and the next batch is in its middle. */
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

function beginScripted(changes: Partial<Settings> = {}, script?: Script) {
  const engines = scriptedEngines(script);
  const staged = stage({ createEngine: engines.createEngine });
  const run = beginRun({ run: 1, dataset, settings: { ...settings, ...changes } }, staged.context)!;
  return { ...staged, ...engines, run };
}

const epochsOf = ({ events }: Pick<ReturnType<typeof stage>, 'events'>): number[] =>
  ofKind(events, 'epoch').map(({ result }) => result.epoch);

describe('a stop in the middle of a batch', () => {
  it.each([1, 7, 13])(
    'keeps all %i batches before it, and the run goes on to the same weights and the same curve',
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

  it('lets that batch end if a change was promised to follow it', async () => {
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

describe('while its network is evaluated', () => {
  /** Orders are given at the first turn of the evaluation. */
  async function evaluating(order: (run: ReturnType<typeof beginScripted>['run']) => void, until?: 'end') {
    const begun = beginScripted();
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

  it('a run can be paused, and goes on', async () => {
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
    // Main keeps no status of a run that is only looked at: it must hear that this one is trained from now on.
    expect(endsOf(begun)).toEqual(['stopped', 'completed']);
    expect(begun.context.control.phase).toBe('idle');
  });

  it('more epochs are trained once it is over, also if it was paused then', async () => {
    const begun = await evaluating((run) => run.pause());
    void begun.run.extend(2, 'end');
    begun.run.resume('end');
    await begun.ended;
    expect(epochsOf(begun)).toEqual([0, 1, 2]);
  });

  it('a stop means the epochs that were ordered before it, too', async () => {
    const begun = await evaluating((run) => void run.extend(2, 'end'));
    begun.run.stop();
    await begun.ended;
    expect(epochsOf(begun)).toEqual([]);
    expect(endsOf(begun)).toEqual(['stopped']);
  });

  it('the last order says when the epochs that wait are to pause', async () => {
    const begun = await evaluating((run) => run.pause());
    void begun.run.extend(2, 'end');
    begun.run.resume('epoch');
    while (!begun.context.control.paused) await turn();
    expect(epochsOf(begun)).toEqual([0, 1]);
    begun.run.resume('end');
    await begun.ended;
  });

  it('a change is kept', async () => {
    const begun = await evaluating((run) => run.change({ learningRate: 0.5 }));
    await begun.ended;
    expect(begun.run.state.plan.settings.learningRate).toBe(0.5);
    expect(ofKind(begun.events, 'changed')).toHaveLength(1);
  });

  it('another run takes its place', async () => {
    const begun = await evaluating((run) => run.dispose());
    expect(begun.events.at(-1)).toEqual({ kind: 'finished', run: 1, reason: 'stopped' });
    await begun.ended;
    expect(endsOf(begun)).toEqual(['stopped']);
    expect(begun.disposed()).toBe(1);
    expect(begun.context.control.phase).toBe('abandoned');
  });
});

it('the time of an evaluation before it is no part of the first epoch', async () => {
  const begun = beginScripted();
  await begun.run.train(undefined);
  for (let look = 0; look < 100_000; look++) begun.context.now();
  await begun.run.extend(1, 'end');
  expect(ofKind(begun.events, 'epoch').at(-1)!.result.seconds).toBeLessThan(10);
});

it('one batch is one, also if it is ordered in the middle of a step of several', async () => {
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

describe('while the best weights are put back', () => {
  it('more epochs are not lost: they are trained from there', async () => {
    const begun = beginScripted(
      { validationShare: 0.2, keep: 'best', epochs: 2 },
      { validation: [0.9, 0.1, 0.2, 0.95] },
    );
    const { emit } = begun.context;
    begun.context.emit = (event) => {
      emit(event);
      if (event.kind === 'restored' && event.epoch === 1 && !ofKind(begun.events, 'extended').length) {
        expect(begun.context.control.phase).toBe('closing');
        begun.run.pause(); // too late
        void begun.run.extend(2, 'end');
      }
    };
    await begun.run.train('end');
    expect(epochsOf(begun)).toEqual([1, 2, 3, 4]);
    expect(endsOf(begun)).toEqual(['completed']);
    expect(ofKind(begun.events, 'finished').map(({ reason }) => reason)).toEqual(['completed', 'completed']);
    expect(ofKind(begun.events, 'paused')).toEqual([{ kind: 'paused', run: 1, paused: false }]);
  });

  it('those of a float64 run keep their precision', async () => {
    let worse = false;
    const { context, events, reports } = stage({
      createEngine(options) {
        const engine = createReferenceEngine(options);
        const predict: Engine['predict'] = (set, positions) => {
          const predictions = engine.predict(set, positions);
          return worse
            ? { ...predictions, predicted: predictions.predicted.fill(999), loss: predictions.loss.fill(9) }
            : predictions;
        };
        return { ...engine, predict };
      },
    });
    const double: Settings = {
      ...settings,
      engine: 'reference',
      precision: 'float64',
      validationShare: 0.2,
      keep: 'best',
      epochs: 1,
      hidden: [4],
    };
    const run = beginRun({ run: 1, dataset, settings: double }, context)!;
    await run.train('end');
    const best = run.engine.readState().layers;
    worse = true;
    await run.extend(1, 'end');
    expect(ofKind(events, 'restored')).toMatchObject([{ epoch: 1 }]);
    expect(run.engine.readState().layers).toEqual(best);
    expect(checkpoints(reports).at(-1)!.layers[0]!.weight).toBeInstanceOf(Float32Array);
  });
});

it('a layer that was asked for just before a stop is told of at the end', async () => {
  const begun = beginInSteps();
  begun.inBatchAfter(3, () => {
    begun.run.requestActivations(1);
    begun.run.stop();
  });
  await begun.run.train('end');
  expect(ofKind(begun.events, 'activations')).toMatchObject([{ activations: { layer: 1, units: 16 } }]);
});

it('the time that is left counts from where a kept run goes on', async () => {
  const first = stage({ createEngine: createReferenceEngine });
  const long = { ...settings, hidden: [4], epochs: 40 };
  await trainRun({ run: 1, dataset, settings: { ...long, epochs: 20 } }, first.context);
  const record = first.reports
    .flatMap((report): EpochRecord[] => (report.kind === 'checkpoint' && report.epoch ? [report.epoch] : []))
    .at(-1)!;
  const summary = { settings: long, changes: [], status: 'stopped', message: undefined };
  const stored = {
    record: { summary, history: [record.result], points: [], predictions: undefined },
    resume: { ...record.resume, epochs: 40 },
    best: undefined,
  };
  let time = 0;
  const now = () => ++time;
  const later = stage({ now, control: new RunControl(now) });
  const run = beginRun({ run: 2, dataset, settings: long }, later.context, { stored: stored as unknown as StoredRun })!;
  const said: { at: number; left: number; epoch: number }[] = [];
  const { emit } = later.context;
  later.context.emit = (event) => {
    emit(event);
    if (event.kind === 'progress')
      said.push({ at: time, left: event.progress.secondsLeft, epoch: event.progress.epoch });
  };
  await run.show(stored as unknown as StoredRun, 'end');
  expect(said[0]!.left, 'before anything is trained').toBe(Infinity);
  const middle = said.find(({ epoch }) => epoch >= 28)!;
  const truly = (said.at(-1)!.at - middle.at) / 1000;
  expect(middle.left).toBeGreaterThan(truly / 1.5);
  expect(middle.left).toBeLessThan(truly * 1.5);
});
