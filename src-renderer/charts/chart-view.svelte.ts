// How a person looks at the charts of a run: all of them show the same epochs.
import { clipped, panned, zoomed, type Range } from './zoom';

export class ChartView {
  #range = $state.raw<Range>();
  log = $state(false);
  /** Epochs over which the training curve is averaged; 0: as it is. */
  smoothing = $state(0);

  /**
   * @param whole epochs of the run that is shown, which may be another one than was zoomed.
   * @returns undefined for the whole run
   */
  rangeIn(whole: Range): Range | undefined {
    return clipped(this.#range, whole);
  }

  zoom(factor: number, about: number, whole: Range): void {
    this.#range = zoomed(this.rangeIn(whole) ?? whole, factor, about, whole);
  }
  pan(by: number, whole: Range): void {
    const range = this.rangeIn(whole);
    if (range) this.#range = panned(range, by, whole);
  }
  showWhole(): void {
    this.#range = undefined;
  }
}

/** One for all runs: it stays as it was left. */
export const chartView = new ChartView();
