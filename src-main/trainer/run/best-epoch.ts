// The best epoch by the validation images, and how long ago it was. Test numbers decide nothing here.
import type { Checkpoint } from '../../../src-shared/runs/checkpoint';
import type { TestPredictions } from '../../../src-shared/runs/predictions';
import type { LayerState } from '../../../src-shared/networks/layers';
import type { ResumePoint } from '../../../src-shared/runs/runs';
import { isBetter } from '../../../src-shared/runs/score';

export interface KeptEpoch {
  checkpoint: Checkpoint;
  /** Its weights in the engine's own precision, to be put back. */
  layers: readonly LayerState[];
  /** undefined where they are to be made again */
  predictions: TestPredictions | undefined;
}

export class BestEpoch {
  private best: ResumePoint['best'];
  private keptEpoch: KeptEpoch | undefined;

  /** @param keep whether the best weights will be put back */
  constructor(
    private readonly patience: number,
    private readonly keep: boolean,
  ) {}

  /** undefined where none is kept */
  get kept(): KeptEpoch | undefined {
    return this.keptEpoch;
  }

  /** Its score, and how many epochs ago it was; undefined without a validation split. */
  get state(): ResumePoint['best'] {
    return this.best && { ...this.best };
  }

  /** Whether training is to stop early. */
  get outOfPatience(): boolean {
    return this.patience > 0 && this.best !== undefined && this.best.epochsSince >= this.patience;
  }

  /** Goes on where another one was. */
  resume(best: ResumePoint['best'], kept: KeptEpoch | undefined): void {
    this.best = best;
    if (this.keep) this.keptEpoch = kept;
  }

  /**
   * Hears of every epoch that has ended; without a validation split none is better than another.
   * @returns whether its weights are kept
   */
  tell(epoch: KeptEpoch): boolean {
    const { validation } = epoch.checkpoint.result;
    if (!validation) return false;
    if (this.best && !isBetter(validation, this.best.score)) {
      this.best = { ...this.best, epochsSince: this.best.epochsSince + 1 };
      return false;
    }
    this.best = { score: validation, epochsSince: 0 };
    if (this.keep) this.keptEpoch = epoch;
    return this.keep;
  }

  /** A run that goes on after its end has all its patience again. */
  forgive(): void {
    if (this.best) this.best = { ...this.best, epochsSince: 0 };
  }
}
