// A network from elsewhere: evaluated before any training, stored like any run, and trained from there.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createEngine } from '../../../../../src-main/trainer/engine/create-engine';
import { RunStore } from '../../../../../src-main/runs/run-store';
import { beginRun } from '../../../../../src-main/trainer/run/training-loop';
import { PLAIN_SETTINGS } from '../../../../../src-shared/settings/presets';
import type { EpochRecord, ResumePoint } from '../../../../../src-shared/runs/runs';
import type { Settings } from '../../../../../src-shared/settings/settings';
import { makeFolder } from '../../../../fixtures/folders';
import { randomDataset } from '../../../../fixtures/random-dataset';
import { checkpoints, ofKind, stage } from '../../../../fixtures/stage';
import { newRun } from '../../../../fixtures/stored-runs';

const dataset = randomDataset({ train: 300, test: 40, pixels: 64, rows: 8, classes: 4, zeroShare: 0.5 });
const settings: Settings = {
  ...PLAIN_SETTINGS,
  hidden: [12],
  batchSize: 10,
  epochs: 3,
  validationShare: 0.2,
  keep: 'best',
};

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => void ({ folder, remove } = await makeFolder()));
afterEach(() => remove());

/** A trained network, and the last results of its own run. */
async function trained(changes: Partial<Settings> = {}) {
  const { events, reports, context } = stage({ createEngine });
  await beginRun({ run: 1, dataset, settings: { ...settings, keep: 'last', ...changes } }, context)!.train('end');
  return { layers: checkpoints(reports).at(-1)!.layers, last: ofKind(events, 'epoch').at(-1)! };
}

async function opened(changes: Partial<Settings> = {}) {
  const { layers, last } = await trained(changes);
  const staged = stage({ createEngine });
  const run = beginRun({ run: 2, dataset, settings }, staged.context, { start: layers })!;
  await run.train(undefined);
  return { ...staged, run, last, layers };
}

it('gets the same scores and predictions as at the end of its own training, as epoch 0', async () => {
  const { events, reports, last, layers } = await opened();
  expect(ofKind(events, 'epoch')).toHaveLength(1);
  const { result, predictions } = ofKind(events, 'epoch')[0]!;
  expect(result).toMatchObject({
    epoch: 0,
    testLoss: last.result.testLoss,
    testAccuracy: last.result.testAccuracy,
    validation: last.result.validation,
  });
  expect(predictions).toEqual(last.predictions);
  // The loss of the final weights, while that of the epoch is a mean over changing weights.
  expect(result.trainLoss).toBeLessThan(last.result.trainLoss);
  expect(events.at(-1)).toEqual({ kind: 'finished', run: 2, reason: 'stopped' });
  expect(reports.at(-1)).toMatchObject({ kind: 'ended', reason: 'stopped' });
  expect(checkpoints(reports).at(-1)!.layers).toEqual(layers);
});

it('is trained from there', async () => {
  const { events, run, last } = await opened();
  await run.extend(2, 'end');
  expect(ofKind(events, 'epoch').map(({ result }) => result.epoch)).toEqual([0, 1, 2]);
  expect(ofKind(events, 'epoch').at(-1)!.result.trainLoss).toBeLessThan(last.result.trainLoss);
  expect(ofKind(events, 'finished').at(-1)!.reason).toBe('completed');
});

it('has its own weights restored if training makes them worse and the best are kept', async () => {
  // It was trained on what are now validation images, so no later epoch scores better.
  const { events, reports, run, layers } = await opened({ validationShare: 0, epochs: 60 });
  run.change({ learningRate: 2 });
  await run.extend(1, 'end');
  expect(ofKind(events, 'restored')).toMatchObject([{ epoch: 0 }]);
  expect(checkpoints(reports).at(-1)!.layers).toEqual(layers);
});

it('can be resumed after a restart, with the same bits', async () => {
  const { events, reports, run } = await opened();
  const first = reports.flatMap((report): ResumePoint[] => (report.kind === 'began' ? [report.position] : []))[0]!;
  const zero = reports.flatMap((report): EpochRecord[] =>
    report.kind === 'checkpoint' && report.epoch ? [report.epoch] : [],
  )[0]!;
  const store = await RunStore.open(folder);
  const { id } = await store.begin(newRun(settings), first);
  await store.writeEpoch(id, zero);
  await run.extend(3, 'end');
  const whole = checkpoints(reports).at(-1)!.layers;

  const stored = await (await RunStore.open(folder)).readForTraining(id);
  expect(stored.record.history).toEqual([ofKind(events, 'epoch')[0]!.result]);
  expect(stored.record.summary).toMatchObject({ status: 'cut-off', epochsTrained: 0 });
  const again = stage({ createEngine });
  await beginRun({ run: 3, dataset, settings }, again.context, { stored })!.show(stored, 'end');
  expect(ofKind(again.events, 'epoch').map(({ result }) => result.epoch)).toEqual([0, 1, 2, 3]);
  expect(checkpoints(again.reports).at(-1)!.layers).toEqual(whole);
});
