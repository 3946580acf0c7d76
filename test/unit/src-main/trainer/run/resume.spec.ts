// A run that is cut off, stored and resumed gives the same bits as one that was never cut off.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EpochRecord, ResumePoint, StoredRun } from '../../../../../src-shared/runs/runs';
import { PLAIN_SETTINGS } from '../../../../../src-shared/settings/presets';
import type { Settings } from '../../../../../src-shared/settings/settings';
import { createEngine } from '../../../../../src-main/trainer/engine/create-engine';
import { RunStore } from '../../../../../src-main/runs/run-store';
import { beginRun } from '../../../../../src-main/trainer/run/training-loop';
import { makeFolder } from '../../../../fixtures/folders';
import { randomDataset } from '../../../../fixtures/random-dataset';
import { ofKind, stage } from '../../../../fixtures/stage';
import { newRun } from '../../../../fixtures/stored-runs';

const dataset = randomDataset({ train: 300, test: 40, pixels: 64, rows: 8, classes: 4, zeroShare: 0.5 });
let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => void ({ folder, remove } = await makeFolder()));
afterEach(() => remove());

const everything: Settings = {
  ...PLAIN_SETTINGS,
  hidden: [12, 8],
  activation: 'tanh',
  batchSize: 10,
  epochs: 6,
  learningRate: 0.01,
  optimizer: 'adamw',
  weightDecay: 0.01,
  schedule: 'cosine',
  warmupEpochs: 1,
  dropout: 0.2,
  inputDropout: 0.1,
  shift: 1,
  rotation: 10,
  validationShare: 0.2,
  patience: 5,
  seed: 7,
};

function trainWhole(
  settings: Settings,
  act: (staged: ReturnType<typeof stage>, run: ReturnType<typeof beginRun>) => void = () => undefined,
) {
  const staged = stage({ createEngine });
  const run = beginRun({ run: 1, dataset, settings }, staged.context)!;
  act(staged, run);
  return { ...staged, run, ended: run.train('end') };
}

const records = (reports: ReturnType<typeof stage>['reports']): EpochRecord[] =>
  reports.flatMap((report) => (report.kind === 'checkpoint' && report.epoch ? [report.epoch] : []));

/** Writes the first epochs of a run to disk as the app does, and reads them again after a restart. */
async function keep(first: ResumePoint, epochs: readonly EpochRecord[], settings: Settings): Promise<StoredRun> {
  const store = await RunStore.open(folder);
  const { id } = await store.begin(newRun(settings), first);
  for (const epoch of epochs) await store.writeEpoch(id, epoch);
  return (await RunStore.open(folder)).readForTraining(id);
}

const first = (reports: ReturnType<typeof stage>['reports']): ResumePoint => {
  const began = reports.find((report) => report.kind === 'began');
  if (began?.kind !== 'began') throw new Error('The run has not begun.');
  return began.position;
};

describe.each([
  ['the fast engine', { ...everything, engine: 'fast', threads: 2 }],
  ['the reference engine in float64', { ...everything, engine: 'reference', precision: 'float64' }],
  [
    'momentum, without a validation split',
    { ...everything, engine: 'fast', optimizer: 'momentum', weightDecay: 0, validationShare: 0, patience: 0 },
  ],
  ['plain SGD', { ...everything, engine: 'fast', optimizer: 'sgd', weightDecay: 0, momentum: 0 }],
] as [string, Settings][])('a run with %s', (_, settings) => {
  it.each([0, 1, 4])(
    'that is cut off after epoch %i and resumed ends with the same bits as one that never was',
    async (cut) => {
      const whole = trainWhole(settings);
      await whole.ended;
      const all = records(whole.reports);
      expect(all).toHaveLength(6);

      const stored = await keep(first(whole.reports), all.slice(0, cut), settings);
      expect(stored.resume).toEqual(cut === 0 ? first(whole.reports) : all[cut - 1]!.resume);
      const later = stage({ createEngine });
      const run = beginRun({ run: 2, dataset, settings }, later.context, { stored })!;
      await run.show(stored, 'end');
      const rest = records(later.reports);
      expect(rest.map(({ result }) => result.epoch)).toEqual([1, 2, 3, 4, 5, 6].slice(cut));
      expect(rest.at(-1)!.resume).toEqual(all.at(-1)!.resume);
      expect(rest.map(({ points }) => points)).toEqual(all.slice(cut).map(({ points }) => points));
      const scores = ({ result: { seconds: _seconds, imagesPerSecond: _speed, ...result } }: EpochRecord) => result;
      expect(rest.map(scores)).toEqual(all.slice(cut).map(scores));
    },
  );
});

describe('a stored run', () => {
  it('resumes with the changes and the added epochs', async () => {
    const settings: Settings = { ...everything, engine: 'fast' };
    const act = (staged: ReturnType<typeof stage>, run: ReturnType<typeof beginRun>) => {
      const { emit } = staged.context;
      staged.context.emit = (event) => {
        emit(event);
        if (event.kind === 'epoch' && event.result.epoch === 1) {
          run!.change({ learningRate: 0.02, batchSize: 20, dropout: 0 });
          run!.extend(2);
        }
      };
    };
    const whole = trainWhole(settings, act);
    await whole.ended;
    const all = records(whole.reports);
    expect(all).toHaveLength(8);
    const stored = await keep(first(whole.reports), all.slice(0, 3), settings);
    const later = stage({ createEngine });
    await beginRun({ run: 2, dataset, settings }, later.context, { stored })!.show(stored, 'end');
    expect(records(later.reports).at(-1)!.resume).toEqual(all.at(-1)!.resume);
    expect(records(later.reports).at(-1)!.changes).toEqual(all.at(-1)!.changes);
  });

  it('restores the best weights of the epochs before it was cut off', async () => {
    const settings: Settings = {
      ...everything,
      engine: 'fast',
      keep: 'best',
      patience: 0,
      learningRate: 0.05,
      schedule: 'constant',
      warmupEpochs: 0,
      epochs: 8,
      seed: 5,
    };
    const whole = trainWhole(settings);
    await whole.ended;
    const [restored] = ofKind(whole.events, 'restored');
    const all = records(whole.reports);
    const cut = (restored?.epoch ?? 0) + 1;
    expect(restored && cut < 8).toBe(true);
    const stored = await keep(first(whole.reports), all.slice(0, cut), settings);
    const later = stage({ createEngine });
    await beginRun({ run: 2, dataset, settings }, later.context, { stored })!.show(stored, 'end');
    const again = ofKind(later.events, 'restored')[0]!;
    expect(again.epoch).toBe(restored!.epoch);
    expect(again.predictions).toEqual(restored!.predictions);
    const last = (reports: typeof whole.reports) => reports.filter(({ kind }) => kind === 'checkpoint').at(-1)!;
    expect(last(later.reports)).toMatchObject({
      checkpoint: { layers: (last(whole.reports) as { checkpoint: { layers: unknown } }).checkpoint.layers },
    });
  });

  it.each<[string, number, Partial<Settings>, string]>([
    ['after its last epoch, before the best weights were restored', 8, { keep: 'best', patience: 0 }, 'completed'],
    ['after its patience ran out, before that was reported', 4, { keep: 'best', patience: 1 }, 'early'],
  ])('that was cut off %s, is only finished', async (_, epochs, changes, reason) => {
    const settings: Settings = {
      ...everything,
      engine: 'fast',
      learningRate: 0.05,
      schedule: 'constant',
      warmupEpochs: 0,
      epochs: 8,
      seed: 5,
      ...changes,
    };
    const whole = trainWhole(settings);
    await whole.ended;
    const all = records(whole.reports);
    const [restored] = ofKind(whole.events, 'restored');
    expect(restored).toBeDefined();
    expect(all.length).toBe(changes.patience === 0 ? epochs : restored!.epoch + 1);
    const stored = await keep(first(whole.reports), all, settings);
    const later = stage({ createEngine });
    await beginRun({ run: 2, dataset, settings }, later.context, { stored })!.show(stored, 'end');
    expect(records(later.reports)).toEqual([]);
    expect(ofKind(later.events, 'restored').map(({ epoch }) => epoch)).toEqual([restored!.epoch]);
    expect(later.reports.at(-1)).toMatchObject({ kind: 'ended', reason });
  });

  it('resumes in the middle of a schedule that was restarted by an extension', async () => {
    const settings: Settings = { ...everything, engine: 'fast', epochs: 2 };
    const whole = trainWhole(settings);
    await whole.ended;
    await whole.run!.extend(3, 'end');
    const all = records(whole.reports);
    const stored = await keep(first(whole.reports), all.slice(0, 3), settings);
    const later = stage({ createEngine });
    await beginRun({ run: 2, dataset, settings }, later.context, { stored })!.show(stored, 'end');
    expect(ofKind(later.events, 'started')[0]!.scheduleStart).toBe(2);
    expect(records(later.reports).at(-1)!.resume).toEqual(all.at(-1)!.resume);
  });

  it('is shown as it was, and rests until it is extended', async () => {
    const settings: Settings = { ...everything, engine: 'fast' };
    const whole = trainWhole(settings);
    await whole.ended;
    const stored = await keep(first(whole.reports), records(whole.reports).slice(0, 2), settings);
    const later = stage({ createEngine });
    const run = beginRun({ run: 5, dataset, settings }, later.context, { stored })!;
    await run.show(stored, undefined);
    expect(later.events.map(({ kind }) => kind)).toEqual([
      'started',
      'epoch',
      'epoch',
      'progress',
      'weights',
      'frame',
      'predictions',
      'finished',
    ]);
    expect(ofKind(later.events, 'progress')[0]!.points).toEqual(stored.record.points);
    const shown = ofKind(later.events, 'predictions')[0]!;
    expect(shown.epoch).toBe(2);
    expect(shown.predictions).toEqual(ofKind(whole.events, 'epoch')[1]!.predictions);
    expect(later.reports.at(-1)).toMatchObject({ kind: 'ended', run: 5, reason: 'stopped' });
    await run.extend(1, 'end');
    expect(ofKind(later.events, 'epoch').at(-1)!.result.epoch).toBe(3);
  });
});
