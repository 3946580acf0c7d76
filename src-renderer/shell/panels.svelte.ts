// The panel that is open over the screen.
import type { TermId } from '../glossary';

/** A new object for each opening, so that closing one does not close the next. */
export interface Panel {
  name: 'palette' | 'find-setting' | 'about' | 'glossary' | 'shortcuts';
  /** Where the glossary begins. */
  term?: TermId | undefined;
}

export class Panels {
  #shown = $state.raw<Panel>();

  get shown() {
    return this.#shown;
  }

  open(name: Panel['name'], term?: TermId): void {
    this.#shown = { name, term };
  }
  /** Closes this panel only: a dialog reports its closing late, and another panel may be open by then. */
  close(panel: Panel): void {
    if (this.#shown === panel) this.#shown = undefined;
  }
}
