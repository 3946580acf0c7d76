// The state of training as components read it: holds the result of the reducer in training.ts.
import type { TrainerEvent } from '../../src-shared/contract';
import type { Failure } from '../../src-shared/errors';
import { EMPTY_STATE, endLoading, markTrainerLost, reduce, type TrainingState } from './training';

export class Training {
  #state = $state.raw<TrainingState>(EMPTY_STATE);

  // Derived one by one: many events arrive a second, and each must update only the components of what it changed.
  readonly dataset = $derived(this.#state.dataset);
  readonly loading = $derived(this.#state.loading);
  readonly browsed = $derived(this.#state.browsed);
  readonly augmented = $derived(this.#state.augmented);
  readonly nearest = $derived(this.#state.nearest);
  readonly run = $derived(this.#state.run);
  readonly previous = $derived(this.#state.previous);
  readonly lost = $derived(this.#state.lost);

  receive(events: TrainerEvent[]): void {
    this.#state = events.reduce(reduce, this.#state);
  }
  endLoading(): void {
    this.#state = endLoading(this.#state);
  }
  markLost(error: Failure): void {
    this.#state = markTrainerLost(this.#state, error);
  }
}
