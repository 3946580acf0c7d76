// The panel that is open over the screen, and the step of the tour.
import { TOUR } from './help/tour';

/** A new object for each opening, so that closing one does not close the next. */
export interface Panel {
  name: 'palette' | 'find-setting' | 'about' | 'glossary' | 'shortcuts';
}

/** What the tour needs from the rest of the page. */
export interface TourNeeds {
  /** Unfolds the settings, which the second step describes. */
  showSettings: () => void;
  /** The tour was finished or skipped. */
  onTourEnd: () => void;
}

/** Steps of the tour: the first waits for a dataset, the second needs one. */
const [CHOOSING, SETTINGS] = [0, 1];

export class Panels {
  #tour: TourNeeds;
  #shown = $state.raw<Panel>();
  #step = $state.raw<number>();

  constructor(tour: TourNeeds) {
    this.#tour = tour;
  }

  get shown() {
    return this.#shown;
  }
  /** Step of the tour, from 0; undefined if it is not running. */
  get step() {
    return this.#step;
  }

  open(name: Panel['name']): void {
    this.#shown = { name };
  }
  /** Closes this panel only: a dialog reports its closing late, and another panel may be open by then. */
  close(panel: Panel): void {
    if (this.#shown === panel) this.#shown = undefined;
  }

  startTour(): void {
    this.#step = CHOOSING;
  }
  /** A dataset was opened, in whatever way: this completes the first step. */
  datasetOpened(): void {
    if (this.#step === CHOOSING) this.goTo(SETTINGS);
  }
  /** Past the last step, the tour ends. */
  goTo(step: number): void {
    if (step === SETTINGS) this.#tour.showSettings();
    if (step < TOUR.length) this.#step = step;
    else this.stopTour();
  }
  stopTour(): void {
    this.#step = undefined;
    this.#tour.onTourEnd();
  }
}
