// The state of training as components read it: holds the result of the reducer in training.ts.
import type { RunNotice, TrainerEvent } from '../../src-shared/contract';
import type { Failure } from '../../src-shared/errors';
import { nameRun } from './name-run';
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
  /** A run that was trained or opened in this session is stored, or has another name. */
  receiveStored({ run, session }: Extract<RunNotice, { kind: 'run-changed' }>): void {
    if (session !== undefined) this.#state = nameRun(this.#state, session, run);
  }
  endLoading(): void {
    this.#state = endLoading(this.#state);
  }
  markLost(error: Failure): void {
    this.#state = markTrainerLost(this.#state, error);
  }
}
