// The best epoch by the validation images, and how long ago it was. Test numbers decide nothing here.
import type { Checkpoint, Score, TestPredictions } from '../../src-shared/contract';
import { isBetter } from '../../src-shared/score';

export interface KeptEpoch {
  checkpoint: Checkpoint;
  predictions: TestPredictions;
  /** Updates made until then. */
  updates: number;
}

export class BestEpoch {
  private score: Score | undefined;
  private keptEpoch: KeptEpoch | undefined;
  private epochsSince = 0;

  /** @param keep whether the best weights will be put back */
  constructor(
    private readonly patience: number,
    private readonly keep: boolean,
  ) {}

  /** undefined where none is kept */
  get kept(): KeptEpoch | undefined {
    return this.keptEpoch;
  }

  /** Whether training is to stop early. */
  get outOfPatience(): boolean {
    return this.patience > 0 && this.epochsSince >= this.patience;
  }

  /** Hears of every epoch that has ended; without a validation split none is better than another. */
  tell(epoch: KeptEpoch): void {
    const { validation } = epoch.checkpoint.result;
    if (!validation) return;
    this.epochsSince++;
    if (this.score && !isBetter(validation, this.score)) return;
    this.score = validation;
    this.epochsSince = 0;
    if (this.keep) this.keptEpoch = epoch;
  }

  /** A run that goes on after its end has all its patience again. */
  forgive(): void {
    this.epochsSince = 0;
  }
}
