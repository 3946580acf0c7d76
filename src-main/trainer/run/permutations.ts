// The permutations of the training images, one for each epoch. Their random state is stored with a run.
import { epochPermutation } from '../data/batches';
import { Random } from '../../../src-shared/nn/rng';

export class Permutations {
  private readonly random: Random;
  private before: number[];

  /**
   * @param images positions of the images to train on
   * @param state random state of a stored run, to resume from
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

  /** The positions in a new random order. */
  next(): Uint32Array {
    this.before = this.random.readState();
    return epochPermutation(this.random, this.images);
  }

  /** Random state from which the latest permutation can be drawn again. */
  get stateBefore(): number[] {
    return this.before;
  }

  /** Random state from which the next permutation is drawn. */
  get state(): number[] {
    return this.random.readState();
  }
}
