// What happens after the trainer process has died: a new one, the same dataset, and the run from the end of its last
// epoch on. The person is asked first, unless the wide build of the kernels may be to blame: then training goes on with
// the relaxed one, which computes the same bits.
import type { Notice } from '../../src-shared/contract';
import type { Collection, DatasetSource } from '../../src-shared/data/dataset';
import { toFailure, type Failure } from '../../src-shared/errors';
import type { KernelChoice } from '../kernel-choice/kernel-choice';
import type { RunOpener } from '../runs/open-run';
import type { RunKeeper } from '../runs/run-keeper';
import type { RunQueue } from '../runs/run-queue';
import type { CutOff } from './supervised-trainer';
import type { TrainerSupervisor } from './trainer-supervisor';

export interface RecoveryContext {
  supervisor: TrainerSupervisor<unknown>;
  kernels: Pick<KernelChoice, 'distrustWide'>;
  keeper: Pick<RunKeeper, 'lose' | 'cutOff' | 'expectAgain'>;
  queue: Pick<RunQueue, 'clear'>;
  opener: Pick<RunOpener, 'open'>;
  /** Finds a dataset's files again. */
  locate: (source: DatasetSource) => Promise<Collection>;
  /** Opens a channel between the page and the trainer. */
  connectPage: () => void;
  /** Whether the app is ending, and its processes with it. */
  isQuitting: () => boolean;
  notify: (notice: Notice) => void;
}

export class TrainerRecovery {
  private cutOff: CutOff | undefined;

  constructor(private readonly context: RecoveryContext) {}

  /** The trainer has died. Never rejects. @param cutOff the run that was in flight */
  async onLost(failure: Failure, cutOff: CutOff | undefined): Promise<void> {
    const { supervisor, keeper } = this.context;
    this.cutOff = cutOff;
    const mayBeTheKernels =
      supervisor.kernels === 'wide' && cutOff !== undefined && usedKernels(cutOff) && !this.context.isQuitting();
    if (mayBeTheKernels) await this.replaceWideKernels(failure);
    else {
      void keeper.lose(failure);
      this.giveUp(failure);
    }
  }

  /**
   * A new trainer for a lost one. Rejects with the sentence that says why there is none, or why the run does not go on.
   */
  async restart(): Promise<void> {
    const { supervisor, locate, connectPage } = this.context;
    try {
      await supervisor.restart(locate);
      await this.goOn();
    } finally {
      connectPage();
    }
  }

  private async replaceWideKernels(failure: Failure): Promise<void> {
    const { supervisor, keeper, kernels, queue, notify } = this.context;
    try {
      const [simd] = await Promise.all([kernels.distrustWide(), keeper.lose(failure)]);
      supervisor.useKernels(simd);
      await this.restart();
      notify({ kind: 'warning', message: RECOVERED });
    } catch (error) {
      const message = `${failure.message} ${toFailure(error).message}`;
      if (supervisor.lost) return this.giveUp({ ...failure, message });
      queue.clear(); // the new trainer lives, but the run could not go on with it
      notify({ kind: 'warning', message });
    }
  }

  /** Goes on with the run that was cut off: from what was kept of it, or else from its beginning. */
  private async goOn(): Promise<void> {
    const { supervisor, keeper, opener } = this.context;
    const { cutOff } = this;
    if (!cutOff) return;
    const { run, order } = cutOff;
    if (keeper.cutOff !== undefined) await opener.open(keeper.cutOff, run.until);
    else if (order.kind === 'train')
      keeper.expectAgain(run.run, supervisor.train(order.settings, order.until, order.start));
    this.cutOff = undefined;
  }

  /** The person decides how to go on. */
  private giveUp(error: Failure): void {
    this.context.queue.clear();
    this.context.notify({ kind: 'trainer-lost', error });
  }
}

/** Paused, the kernels rest; and the reference engine has none. */
function usedKernels({ run: { paused, settings } }: CutOff): boolean {
  return !paused && settings.engine === 'fast' && settings.precision === 'float32';
}

const RECOVERED =
  'The training process ended unexpectedly, perhaps over the widest vector instructions of this processor. ' +
  'They are no longer used, and training went on ' +
  'from the last epoch that had ended: to the same weights, a little slower.';
