// The best epoch by its validation score, and how many epochs ago it was. Test scores are never considered.
import type { LayerState } from '../../../src-shared/networks/layers';
import type { TestPredictions } from '../../../src-shared/runs/predictions';
import type { Checkpoint } from '../../../src-shared/runs/checkpoint';
import type { ResumePoint } from '../../../src-shared/runs/runs';
import { isBetter } from '../../../src-shared/runs/score';

export interface KeptEpoch {
  checkpoint: Checkpoint;
  /** The weights to restore, in the engine's own precision. */
  layers: readonly LayerState[];
  /** Undefined if the test images must be evaluated again. */
  predictions: TestPredictions | undefined;
}

export class BestEpoch {
  private best: ResumePoint['best'];
  private keptEpoch: KeptEpoch | undefined;

  /** @param patience epochs, 0 for no early stopping. @param keep whether to keep the best weights for the end */
  constructor(
    private readonly patience: number,
    private readonly keep: boolean,
  ) {}

  /** Undefined if no weights are kept. */
  get kept(): KeptEpoch | undefined {
    return this.keptEpoch;
  }

  /** Score of the best epoch, and how many epochs ago it was; undefined without a validation split. */
  get state(): ResumePoint['best'] {
    return this.best && { ...this.best };
  }

  /** Whether training should stop early. */
  get outOfPatience(): boolean {
    return this.patience > 0 && this.best !== undefined && this.best.epochsSince >= this.patience;
  }

  /** Takes over the state of a stored run. */
  resume(best: ResumePoint['best'], kept: KeptEpoch | undefined): void {
    this.best = best;
    if (this.keep) this.keptEpoch = kept;
  }

  /**
   * Called at the end of every epoch. Does nothing without a validation split.
   * @returns whether the weights of this epoch are kept
   */
  add(epoch: KeptEpoch): boolean {
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

  /** Called when a run is extended after its end. */
  resetPatience(): void {
    if (this.best) this.best = { ...this.best, epochsSince: 0 };
  }
}
