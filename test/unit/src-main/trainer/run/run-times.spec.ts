// The times that a run reports: the seconds of an epoch, and the time that is left.
import { expect, it } from 'vitest';
import type { EpochRecord, StoredRun } from '../../../../../src-shared/runs/runs';
import { createReferenceEngine } from '../../../../../src-main/trainer/engine/reference/reference-engine';
import { RunControl } from '../../../../../src-main/trainer/run/run-control';
import { beginRun, trainRun } from '../../../../../src-main/trainer/run/training-loop';
import { beginScripted, smallDataset as dataset, smallSettings as settings } from '../../../../fixtures/begun-run';
import { ofKind, stage } from '../../../../fixtures/stage';

it('the time of an earlier evaluation does not count for the first epoch', async () => {
  const begun = beginScripted(dataset, settings);
  await begun.run.train(undefined);
  for (let call = 0; call < 100_000; call++) begun.context.now();
  await begun.run.extend(1, 'end');
  expect(ofKind(begun.events, 'epoch').at(-1)!.result.seconds).toBeLessThan(10);
});

it('the remaining time is estimated from where a stored run resumes', async () => {
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
