// The view that all charts of a run share: zoom, logarithmic scale, smoothing.
import { clipped, panned, zoomed, type Range } from './zoom';

export class ChartView {
  #range = $state.raw<Range>();
  log = $state(false);
  /** Epochs over which the training curve is averaged; 0 for no smoothing. */
  smoothing = $state(0);

  /**
   * The zoomed range, clipped to the run.
   * @param whole epochs of the run, which may not be the run that was zoomed
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

/** One for all runs, so that it survives a change of runs. */
export const chartView = new ChartView();
