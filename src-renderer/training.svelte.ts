// Holds the one state that the trainer's events lead to, so that components can read it.
import type { TrainerEvent } from '../src-shared/contract';
import type { Failure } from '../src-shared/errors';
import { EMPTY_STATE, endLoading, loseTrainer, reduce, type TrainingState } from './training';

export class Training {
  #state = $state.raw<TrainingState>(EMPTY_STATE);

  get dataset() {
    return this.#state.dataset;
  }
  get loading() {
    return this.#state.loading;
  }
  get browsed() {
    return this.#state.browsed;
  }
  get augmented() {
    return this.#state.augmented;
  }
  get nearest() {
    return this.#state.nearest;
  }
  get run() {
    return this.#state.run;
  }
  get lost() {
    return this.#state.lost;
  }

  receive(event: TrainerEvent): void {
    this.#state = reduce(this.#state, event);
  }
  endLoading(): void {
    this.#state = endLoading(this.#state);
  }
  lose(error: Failure): void {
    this.#state = loseTrainer(this.#state, error);
  }
}
