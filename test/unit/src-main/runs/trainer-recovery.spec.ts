// Recovery from the death of a trainer, with fake processes. recovery.e2e.ts kills a real one.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Notice } from '../../../../src-shared/contract';
import type { Collection } from '../../../../src-shared/data/dataset';
import type { KernelBuild } from '../../../../src-shared/runs/engine-details';
import { StudioError, type Failure } from '../../../../src-shared/errors';
import { PLAIN_SETTINGS } from '../../../../src-shared/settings/presets';
import { TrainerRecovery } from '../../../../src-main/runs/trainer-recovery';
import type { CutOff } from '../../../../src-main/supervisor/supervised-trainer';
import type { TrainerSupervisor } from '../../../../src-main/supervisor/trainer-supervisor';

const failure: Failure = { code: 'trainer-lost', message: 'The training process ended.' };
const settings = PLAIN_SETTINGS;
const cutOff: CutOff = {
  run: { run: 4, settings, done: 0.4, paused: false, until: 'epoch', begun: true },
  order: { kind: 'train', run: 4, settings, until: 'epoch' },
};

let done: string[];
let notices: Notice[];
let kernels: KernelBuild;
let keptAs: string | undefined;
let refusal: StudioError | undefined;
let quitting: boolean;
let lost: Failure | undefined;

beforeEach(() => {
  done = [];
  notices = [];
  kernels = 'wide';
  keptAs = '20261128-091500-3fa9c2';
  refusal = undefined;
  quitting = false;
  lost = undefined;
});

function recovery(): TrainerRecovery {
  const supervisor = {
    get kernels() {
      return kernels;
    },
    get lost() {
      return lost;
    },
    useKernels: (simd: KernelBuild) => void done.push(`use ${(kernels = simd)}`),
    restart: async () => {
      done.push('restart');
      if (refusal) throw refusal;
    },
    train: (_settings: unknown, until: string) => done.push(`train until ${until}`) && 5,
  };
  return new TrainerRecovery({
    supervisor: supervisor as unknown as TrainerSupervisor<unknown>,
    kernels: {
      distrustWide: async () => {
        done.push('distrust wide');
        return 'relaxed';
      },
    },
    keeper: {
      markLost: async () => void done.push('mark as cut off'),
      get cutOff() {
        return keptAs;
      },
      expectAgain: (before, run) => void done.push(`keep run ${before} as run ${run}`),
    },
    queue: { clear: () => void done.push('clear the queue') },
    opener: { open: async (id, until) => done.push(`open ${id} until ${until}`) && 5 },
    locate: () => Promise.resolve({} as Collection),
    connectPage: () => void done.push('connect the page'),
    notify: (notice) => void notices.push(notice),
    isQuitting: () => quitting,
  });
}

describe('a trainer that dies while it trains with the wide kernels', () => {
  it('is replaced by one with the relaxed kernels, which resumes the run as last ordered', async () => {
    await recovery().onLost(failure, cutOff);
    expect(done).toEqual([
      'distrust wide',
      'mark as cut off',
      'use relaxed',
      'restart',
      'open 20261128-091500-3fa9c2 until epoch',
      'connect the page',
    ]);
    expect(notices).toMatchObject([
      { kind: 'warning', message: expect.stringContaining('training was resumed') as string },
    ]);
  });

  it('begins the run again where nothing of it was kept', async () => {
    keptAs = undefined;
    await recovery().onLost(failure, cutOff);
    expect(done.slice(3)).toEqual(['restart', 'train until epoch', 'keep run 4 as run 5', 'connect the page']);
    expect(notices).toMatchObject([{ kind: 'warning' }]);
  });

  it('shows a run that was only looked at, and trains it no further', async () => {
    await recovery().onLost(failure, {
      run: { ...cutOff.run, until: undefined },
      order: { kind: 'train', run: 4, settings, until: undefined },
    });
    expect(done).toContain('open 20261128-091500-3fa9c2 until undefined');
  });

  it('is reported with the reason if the run cannot be resumed: as lost only if there is no trainer', async () => {
    refusal = new StudioError('file-missing', 'The files have changed.');
    const message = 'The training process ended. The files have changed.';
    await recovery().onLost(failure, cutOff);
    expect(done).toContain('clear the queue');
    expect(notices).toEqual([{ kind: 'warning', message }]);
    notices = [];
    lost = failure;
    kernels = 'wide';
    await recovery().onLost(failure, cutOff);
    expect(notices).toEqual([{ kind: 'trainer-lost', error: { code: 'trainer-lost', message } }]);
  });
});

describe('the person is asked first', () => {
  const asked = async (what: CutOff | undefined) => {
    await recovery().onLost(failure, what);
    expect(done).toEqual(['mark as cut off', 'clear the queue']);
    expect(notices).toEqual([{ kind: 'trainer-lost', error: failure }]);
  };

  it('if the kernels were others', async () => {
    kernels = 'relaxed';
    await asked(cutOff);
  });

  it('if none of them was running: no run was active, or it was paused', async () => {
    await asked(undefined);
    done = [];
    notices = [];
    await asked({ ...cutOff, run: { ...cutOff.run, paused: true } });
  });

  it('if no kernels computed, or the app is ending', async () => {
    await asked({ ...cutOff, run: { ...cutOff.run, settings: { ...settings, precision: 'float64' } } });
    done = [];
    notices = [];
    quitting = true;
    await asked(cutOff);
  });

  it('and the run is resumed once, when they say so', async () => {
    kernels = 'relaxed';
    const trainer = recovery();
    await trainer.onLost(failure, cutOff);
    done = [];
    await trainer.restart();
    await trainer.restart();
    expect(done).toEqual([
      'restart',
      'open 20261128-091500-3fa9c2 until epoch',
      'connect the page',
      'restart',
      'connect the page',
    ]);
  });
});
