// What of the app itself lies over the screen: palette, about, glossary, shortcuts; and at which step the tour is.
import { TOUR } from './help/tour';

/** Each opening is one of its own. */
export interface Panel {
  name: 'palette' | 'about' | 'glossary' | 'shortcuts';
}

/** What the tour moves outside itself. */
export interface TourNeeds {
  /** The second step speaks of them, and they may be folded away. */
  showSettings: () => void;
  /** It is over or skipped. */
  ended: () => void;
}

/** Its first step waits for a dataset, its second needs one. */
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
  /** Of the tour, from 0; undefined while there is none. */
  get step() {
    return this.#step;
  }

  open(name: Panel['name']): void {
    this.#shown = { name };
  }
  /** A dialog tells late that it is closed: another one may be open by then, which stays. */
  close(panel: Panel): void {
    if (this.#shown === panel) this.#shown = undefined;
  }

  startTour(): void {
    this.#step = CHOOSING;
  }
  /** From wherever it came, the first step has done its work. */
  datasetOpened(): void {
    if (this.#step === CHOOSING) this.goTo(SETTINGS);
  }
  /** After the last step it is over. */
  goTo(step: number): void {
    if (step === SETTINGS) this.#tour.showSettings();
    if (step < TOUR.length) this.#step = step;
    else this.stopTour();
  }
  stopTour(): void {
    this.#step = undefined;
    this.#tour.ended();
  }
}
