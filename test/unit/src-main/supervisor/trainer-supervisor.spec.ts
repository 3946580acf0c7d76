// The trainer's life, with a process of paper in place of the real one (the end-to-end tests kill a real one).
import { beforeEach, describe, expect, it } from 'vitest';
import type { Order, Report } from '../../../../src-shared/contract';
import type { Collection, DatasetInfo } from '../../../../src-shared/data/dataset';
import type { Checkpoint } from '../../../../src-shared/runs/checkpoint';
import type { Failure } from '../../../../src-shared/errors';
import { PLAIN_SETTINGS } from '../../../../src-shared/settings/presets';
import type { Settings } from '../../../../src-shared/settings/settings';
import type { TrialImages } from '../../../../src-shared/data/trial-images';
import type { CutOff, RunState, TrainerProcess } from '../../../../src-main/supervisor/supervised-trainer';
import { TrainerSupervisor } from '../../../../src-main/supervisor/trainer-supervisor';

const TRIAL_IMAGES: TrialImages = { pixels: new Uint8Array(4), labels: new Uint16Array(1), mean: 0, deviation: 0 };

class PaperProcess implements TrainerProcess<string> {
  readonly orders: Order[] = [];
  killed = false;
  report: (report: Report) => void = () => undefined;
  exit: (code: number) => void = () => undefined;

  postMessage(order: Order): void {
    this.orders.push(order);
    if (order.kind === 'load')
      queueMicrotask(() =>
        this.report({
          kind: 'loaded',
          dataset: { name: 'paper', trainCount: 100, trainPerClass: [50, 50] } as DatasetInfo,
          trialImages: TRIAL_IMAGES,
        }),
      );
  }
  onReport(listener: (report: Report) => void): void {
    this.report = listener;
  }
  onExit(listener: (code: number) => void): void {
    this.exit = listener;
  }
  kill(): void {
    this.killed = true;
    this.exit(0);
  }
}

const files = {} as Collection;
const settings = PLAIN_SETTINGS;
const builtin = { kind: 'builtin' } as const;
const checkpoint = (run: number, epoch: number) => ({ run, result: { epoch } }) as Checkpoint;

let processes: PaperProcess[];
let losses: Failure[];
let cutOffs: (CutOff | undefined)[];
let runs: (RunState | undefined)[];
let refusals: string[];
let supervisor: TrainerSupervisor<string>;

beforeEach(() => {
  processes = [];
  losses = [];
  cutOffs = [];
  runs = [];
  refusals = [];
  supervisor = new TrainerSupervisor<string>({
    fork() {
      const process = new PaperProcess();
      processes.push(process);
      return process;
    },
    onLoaded: () => undefined,
    onRunChanged: (run) => runs.push(run),
    onLost(failure, cutOff) {
      losses.push(failure);
      cutOffs.push(cutOff);
    },
    onNotBegun: (message) => refusals.push(message),
    onRunReport: () => undefined,
  });
});

describe('the supervisor refuses', () => {
  it('to train without a dataset', () => {
    expect(() => supervisor.train(settings, 'end')).toThrow('Please open a dataset first.');
  });

  it('to train or open a dataset while a run is training', async () => {
    await supervisor.load(builtin, files);
    supervisor.train(settings, 'end');
    expect(() => supervisor.train(settings, 'end')).toThrow(
      'Training is running. Please stop it before you train again.',
    );
    await expect(supervisor.load(builtin, files)).rejects.toThrow('Please stop it before you open another dataset.');
  });

  it('a dataset that the trainer refuses, and keeps the one before', async () => {
    await supervisor.load(builtin, files);
    const loading = supervisor.load({ kind: 'folder', folder: '/bad' }, files);
    processes[0]!.report({ kind: 'load-refused', error: { code: 'not-idx', message: 'No.' } });
    await expect(loading).rejects.toMatchObject({ code: 'not-idx', message: 'No.' });
    expect(supervisor.source).toEqual(builtin);
  });
});

describe('the supervisor', () => {
  it('follows a run to its end and keeps its newest checkpoint', async () => {
    await supervisor.load(builtin, files);
    const run = supervisor.train(settings, 'end');
    processes[0]!.report({ kind: 'progress', run, done: 0.5 });
    processes[0]!.report({ kind: 'paused', run, paused: true });
    processes[0]!.report({ kind: 'checkpoint', checkpoint: checkpoint(run, 1), epoch: undefined });
    processes[0]!.report({ kind: 'checkpoint', checkpoint: checkpoint(run - 1, 9), epoch: undefined });
    processes[0]!.report({ kind: 'ended', run, reason: 'completed', message: undefined });
    expect(runs.map((state) => state && [state.done, state.paused])).toEqual([
      [0, false],
      [0.5, false],
      [0.5, true],
      undefined,
    ]);
    expect(supervisor.checkpoint).toEqual(checkpoint(run, 1));
    expect(supervisor.training).toBe(false);
  });

  it('reports a lost trainer, keeps the checkpoint, and opens the same dataset again', async () => {
    await supervisor.load(builtin, files);
    const run = supervisor.train(settings, 'end');
    processes[0]!.report({ kind: 'checkpoint', checkpoint: checkpoint(run, 3), epoch: undefined });
    processes[0]!.exit(137);
    expect(losses).toEqual([
      {
        code: 'trainer-lost',
        message:
          'Training was cut off: the training process ended unexpectedly (exit code 137). The weights of epoch ' +
          '3 are kept and can be exported. You can start again.',
      },
    ]);
    expect(supervisor.training).toBe(false);
    expect(supervisor.checkpoint).toEqual(checkpoint(run, 3));
    expect(() => supervisor.train(settings, 'end')).toThrow('ended unexpectedly');

    await supervisor.restart(() => Promise.resolve(files));
    expect(processes[1]!.orders.map(({ kind }) => kind)).toEqual(['load']);
    expect(supervisor.lost).toBeUndefined();
    expect(supervisor.training).toBe(false);
  });

  it('lets a new trainer know which kernels to use, and whether the page shows training', async () => {
    supervisor.useKernels('wide');
    supervisor.useKernels('wide');
    supervisor.watch(false);
    supervisor.useKernels('relaxed');
    expect(processes[0]!.orders).toEqual([
      { kind: 'kernels', simd: 'wide' },
      { kind: 'watch', watching: false },
      { kind: 'kernels', simd: 'relaxed' },
    ]);
    processes[0]!.exit(1);
    await supervisor.restart(() => Promise.resolve(files));
    expect(processes[1]!.orders).toEqual(
      expect.arrayContaining([
        { kind: 'kernels', simd: 'relaxed' },
        { kind: 'watch', watching: false },
      ]),
    );
    expect(processes[1]!.orders).toHaveLength(2);
  });

  it('says what was cut off: the run as it was ordered last, and the order that began it', async () => {
    await supervisor.load(builtin, files);
    const run = supervisor.train(settings, 'end');
    supervisor.order({ kind: 'resume', until: 'epoch' });
    processes[0]!.exit(1);
    expect(cutOffs).toMatchObject([
      { run: { run, until: 'epoch', paused: false }, order: { kind: 'train', run, until: 'end' } },
    ]);
    await supervisor.restart(() => Promise.resolve(files));
    processes[1]!.exit(1);
    expect(cutOffs[1]).toBeUndefined();
  });

  it('fails a load that the trainer did not live to answer', async () => {
    const loading = supervisor.load(builtin, files);
    processes[0]!.report = () => undefined;
    processes[0]!.exit(1);
    await expect(loading).rejects.toMatchObject({ code: 'trainer-lost' });
  });

  it('does not report a process that it ended itself', () => {
    supervisor.shutDown();
    expect(processes[0]!.killed).toBe(true);
    expect(losses).toEqual([]);
  });
});

describe('a run with the supervisor', () => {
  const sent = () => processes[0]!.orders.slice(1);
  const train = async (changes: Partial<Settings> = {}) => {
    await supervisor.load(builtin, files);
    return supervisor.train({ ...settings, ...changes }, 'epoch');
  };

  it('begins, resumes and is extended with an order when to pause', async () => {
    const run = await train();
    supervisor.order({ kind: 'resume', until: 'batch' });
    supervisor.extend(5, 'end');
    expect(sent()).toEqual([
      { kind: 'train', run, settings, until: 'epoch' },
      { kind: 'resume', until: 'batch' },
      { kind: 'extend', epochs: 5, until: 'end' },
    ]);
  });

  it('is active again when it is extended after its end, and ends again', async () => {
    const run = await train();
    processes[0]!.report({ kind: 'ended', run, reason: 'completed', message: undefined });
    expect(supervisor.training).toBe(false);
    supervisor.extend(5, 'end');
    expect(supervisor.training).toBe(true);
    expect(() => supervisor.train(settings, 'end')).toThrow('Training is running.');
    processes[0]!.report({ kind: 'paused', run, paused: false });
    processes[0]!.report({ kind: 'checkpoint', checkpoint: checkpoint(run, 21), epoch: undefined });
    processes[0]!.report({ kind: 'ended', run, reason: 'completed', message: undefined });
    expect(supervisor.training).toBe(false);
    expect(supervisor.checkpoint).toEqual(checkpoint(run, 21));
  });

  it('cannot be extended once it has failed after its end', async () => {
    const run = await train();
    processes[0]!.report({ kind: 'progress', run, done: 0.1 });
    processes[0]!.report({ kind: 'ended', run, reason: 'completed', message: undefined });
    processes[0]!.report({ kind: 'ended', run, reason: 'failed', message: 'A thread has ended.' });
    expect(() => supervisor.extend(5, 'end')).toThrow('There is no run to extend');
    expect(refusals, 'the page has seen it fail').toEqual([]);
  });

  it('that fails before it has begun is reported with its sentence, since the page has nothing to show', async () => {
    const run = await train();
    processes[0]!.report({ kind: 'ended', run, reason: 'failed', message: 'The engine needs more memory.' });
    expect(refusals).toEqual(['The engine needs more memory.']);
    expect(supervisor.training).toBe(false);
  });

  it('is active again if it ended while an extension was on its way', async () => {
    const run = await train();
    supervisor.extend(5, 'end');
    processes[0]!.report({ kind: 'ended', run, reason: 'completed', message: undefined });
    processes[0]!.report({ kind: 'paused', run, paused: false });
    expect(supervisor.training).toBe(true);
  });

  it('cannot be extended where there is none, where it failed, and where another dataset was opened', async () => {
    const nothing = 'There is no run to extend';
    expect(() => supervisor.extend(5, 'end')).toThrow(nothing);
    const failed = await train();
    processes[0]!.report({ kind: 'ended', run: failed, reason: 'failed', message: 'It failed.' });
    expect(() => supervisor.extend(5, 'end')).toThrow(nothing);
    const run = await train();
    processes[0]!.report({ kind: 'ended', run, reason: 'completed', message: undefined });
    await supervisor.load(builtin, files);
    expect(() => supervisor.extend(5, 'end')).toThrow(nothing);
    expect(supervisor.training).toBe(false);
  });

  it('cannot be extended once the trainer that held it is lost, not even by a new trainer', async () => {
    const run = await train();
    processes[0]!.report({ kind: 'ended', run, reason: 'completed', message: undefined });
    processes[0]!.exit(1);
    expect(() => supervisor.extend(5, 'end')).toThrow('ended unexpectedly');
    await supervisor.restart(() => Promise.resolve(files));
    expect(() => supervisor.extend(5, 'end')).toThrow('There is no run to extend');
  });

  it('can be changed, but not to a batch larger than the training set, nor if it is not training', async () => {
    expect(() => supervisor.change({ momentum: 0.5 })).toThrow('No run is training');
    const run = await train({ validationShare: 0.2 });
    supervisor.change({ momentum: 0.5, batchSize: 80 });
    expect(() => supervisor.change({ batchSize: 81 })).toThrow(
      'A batch of 81 images is more than the 80 images that the validation split leaves to train on',
    );
    expect(supervisor.training).toBe(true);
    processes[0]!.report({ kind: 'ended', run, reason: 'completed', message: undefined });
    expect(() => supervisor.change({ momentum: 0.5 })).toThrow('No run is training');
    expect(sent().slice(1)).toEqual([{ kind: 'change', changes: { momentum: 0.5, batchSize: 80 } }]);
  });
});
