// How a person has arranged the workspace: the tab in front, and whether the settings are folded away. A reload keeps both;
// the next start keeps the latter.
import { TABS, type TabId } from './views/tabs';

const TAB_KEY = 'tab';
const FOLDED_KEY = 'settings-folded';

export class Layout {
  #lasting: Storage;
  #untilClosed: Storage;
  #tab: TabId;
  #folded: boolean;

  constructor(lasting: Storage, untilClosed: Storage) {
    this.#lasting = lasting;
    this.#untilClosed = untilClosed;
    this.#tab = $state(TABS.find(({ id }) => id === untilClosed.getItem(TAB_KEY))?.id ?? 'training');
    this.#folded = $state(lasting.getItem(FOLDED_KEY) === 'yes');
  }

  get tab() {
    return this.#tab;
  }
  get folded() {
    return this.#folded;
  }

  show(tab: TabId): void {
    this.#tab = tab;
    this.#untilClosed.setItem(TAB_KEY, tab);
  }

  fold(folded: boolean): void {
    this.#folded = folded;
    this.#lasting.setItem(FOLDED_KEY, folded ? 'yes' : 'no');
  }
}
