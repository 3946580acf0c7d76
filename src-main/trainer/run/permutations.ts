// In which order the training images come, epoch after epoch; where it stands can be kept, and gone on from.
import { epochOrder } from '../data/batches';
import { Random } from '../../../src-shared/nn/rng';

export class EpochOrders {
  private readonly random: Random;
  private before: number[];

  /**
   * @param images positions of those that are trained on
   * @param state of an earlier one, to go on from
   */
  constructor(
    seed: number,
    private readonly images: Uint32Array,
    state?: readonly number[],
  ) {
    this.random = new Random(seed, 'order');
    if (state) this.random.writeState(state);
    this.before = this.random.readState();
  }

  /** Positions in a new random order. */
  next(): Uint32Array {
    this.before = this.random.readState();
    return epochOrder(this.random, this.images);
  }

  /** From which the newest order is made again. */
  get stateBefore(): number[] {
    return this.before;
  }

  /** From which the next order is made. */
  get state(): number[] {
    return this.random.readState();
  }
}
