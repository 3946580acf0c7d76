// Holds the one state that the trainer's events lead to, so that components can read it.
import type { TrainerEvent } from '../../src-shared/contract';
import type { Failure } from '../../src-shared/errors';
import { EMPTY_STATE, endLoading, loseTrainer, reduce, type TrainingState } from './training';

export class Training {
  #state = $state.raw<TrainingState>(EMPTY_STATE);

  // Derived one by one: events come many times a second, and each may only wake what it has changed.
  readonly dataset = $derived(this.#state.dataset);
  readonly loading = $derived(this.#state.loading);
  readonly browsed = $derived(this.#state.browsed);
  readonly augmented = $derived(this.#state.augmented);
  readonly nearest = $derived(this.#state.nearest);
  readonly run = $derived(this.#state.run);
  readonly lost = $derived(this.#state.lost);

  receive(events: TrainerEvent[]): void {
    this.#state = events.reduce(reduce, this.#state);
  }
  endLoading(): void {
    this.#state = endLoading(this.#state);
  }
  lose(error: Failure): void {
    this.#state = loseTrainer(this.#state, error);
  }
}
