// How a person looks at the charts of a run: all of them show the same epochs.
import { panned, zoomed, type Range } from './zoom';

export class ChartView {
  #range = $state.raw<Range>();
  log = $state(false);
  /** Epochs over which the training curve is averaged; 0: as it is. */
  smoothing = $state(0);

  /** undefined: the whole run */
  get range() {
    return this.#range;
  }

  zoom(factor: number, about: number, whole: Range): void {
    this.#range = zoomed(this.#range ?? whole, factor, about, whole);
  }
  pan(by: number, whole: Range): void {
    if (this.#range) this.#range = panned(this.#range, by, whole);
  }
  showWhole(): void {
    this.#range = undefined;
  }
}

/** One for all runs: it stays as it was left. */
export const chartView = new ChartView();
