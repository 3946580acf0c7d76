// Recovers from the death of the trainer process: starts a new one, loads the same dataset, and resumes the run after
// its last epoch. The person is asked first, unless the wide kernel build may be to blame: then training resumes with
// the relaxed build, which computes the same bits.
import type { Collection, DatasetSource } from '../../src-shared/data/dataset';
import type { Notice } from '../../src-shared/contract';
import { toFailure, type Failure } from '../../src-shared/errors';
import type { KernelChoice } from '../kernel-choice/kernel-choice';
import type { RunOpener } from './open-run';
import type { RunKeeper } from './run-keeper';
import type { RunQueue } from './run-queue';
import type { CutOff } from '../supervisor/supervised-trainer';
import type { TrainerSupervisor } from '../supervisor/trainer-supervisor';

export interface RecoveryContext {
  supervisor: TrainerSupervisor<unknown>;
  kernels: Pick<KernelChoice, 'distrustWide'>;
  keeper: Pick<RunKeeper, 'markLost' | 'cutOff' | 'expectAgain'>;
  queue: Pick<RunQueue, 'clear'>;
  opener: Pick<RunOpener, 'open'>;
  /** Finds the files of a dataset again. */
  locate: (source: DatasetSource) => Promise<Collection>;
  /** Opens a channel between the page and the trainer. */
  connectPage: () => void;
  /** True while the app quits and ends its processes. */
  isQuitting: () => boolean;
  notify: (notice: Notice) => void;
}

export class TrainerRecovery {
  private cutOff: CutOff | undefined;

  constructor(private readonly context: RecoveryContext) {}

  /** Called when the trainer has died. Never rejects. @param cutOff the run that was active */
  async onLost(failure: Failure, cutOff: CutOff | undefined): Promise<void> {
    const { supervisor, keeper } = this.context;
    this.cutOff = cutOff;
    const mayBeTheKernels =
      supervisor.kernels === 'wide' && cutOff !== undefined && usedKernels(cutOff) && !this.context.isQuitting();
    if (mayBeTheKernels) await this.replaceWideKernels(failure);
    else {
      void keeper.markLost(failure);
      this.giveUp(failure);
    }
  }

  /**
   * Replaces a lost trainer. Rejects with a sentence that says why it could not be replaced, or why the run was not
   * resumed.
   */
  async restart(): Promise<void> {
    const { supervisor, locate, connectPage } = this.context;
    try {
      await supervisor.restart(locate);
      await this.resume();
    } finally {
      connectPage();
    }
  }

  private async replaceWideKernels(failure: Failure): Promise<void> {
    const { supervisor, keeper, kernels, queue, notify } = this.context;
    try {
      const [simd] = await Promise.all([kernels.distrustWide(), keeper.markLost(failure)]);
      supervisor.useKernels(simd);
      await this.restart();
      notify({ kind: 'warning', message: RECOVERED });
    } catch (error) {
      const message = `${failure.message} ${toFailure(error).message}`;
      if (supervisor.lost) return this.giveUp({ ...failure, message });
      queue.clear(); // the new trainer is running, but could not resume the run
      notify({ kind: 'warning', message });
    }
  }

  /** Resumes the run that was cut off: from what is on disk, or else from its beginning. */
  private async resume(): Promise<void> {
    const { supervisor, keeper, opener } = this.context;
    const { cutOff } = this;
    if (!cutOff) return;
    const { run, order } = cutOff;
    if (keeper.cutOff !== undefined) await opener.open(keeper.cutOff, run.until);
    else if (order.kind === 'train')
      keeper.expectAgain(run.run, supervisor.train(order.settings, order.until, order.start));
    this.cutOff = undefined;
  }

  /** Leaves it to the person what to do next. */
  private giveUp(error: Failure): void {
    this.context.queue.clear();
    this.context.notify({ kind: 'trainer-lost', error });
  }
}

/** False for a paused run, whose kernels do not run, and for the reference engine, which has none. */
function usedKernels({ run: { paused, settings } }: CutOff): boolean {
  return !paused && settings.engine === 'fast' && settings.precision === 'float32';
}

const RECOVERED =
  'The training process ended unexpectedly, perhaps over the widest vector instructions of this processor. ' +
  'They are no longer used, and training was resumed after the last finished epoch. It is a little slower now, and ' +
  'reaches the same weights.';
