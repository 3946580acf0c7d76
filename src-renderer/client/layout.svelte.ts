// How a person has arranged the workspace: the tab in front, what the Data tab shows, and what of the settings is
// folded away. A reload keeps tab and folds; the next start keeps the latter.
import { TABS, type TabId } from './tabs';

const TAB_KEY = 'tab';
const FOLDED_KEY = 'settings-folded';
const OPEN_KEY = 'open-sections';

/** Images: those of the dataset. Augmented: training images as training sees them. */
export type DataView = 'images' | 'augmented';
/** Overview: curves, weights and mistakes. Curves: all charts, large. */
export type TrainingView = 'overview' | 'curves';

export class Layout {
  #lasting: Storage;
  #untilClosed: Storage;
  #tab: TabId;
  #folded: boolean;
  #open: readonly string[] | undefined;
  #dataView = $state<DataView>('images');
  #trainingView = $state<TrainingView>('overview');

  constructor(lasting: Storage, untilClosed: Storage) {
    this.#lasting = lasting;
    this.#untilClosed = untilClosed;
    this.#tab = $state(TABS.find(({ id }) => id === untilClosed.getItem(TAB_KEY))?.id ?? 'training');
    this.#folded = $state(lasting.getItem(FOLDED_KEY) === 'yes');
    this.#open = $state.raw(lasting.getItem(OPEN_KEY)?.split(' '));
  }

  get tab() {
    return this.#tab;
  }
  get folded() {
    return this.#folded;
  }

  /** Ids of the sections of the settings that are unfolded; undefined if nobody has folded or unfolded one yet. */
  get openSections() {
    return this.#open;
  }
  get dataView() {
    return this.#dataView;
  }
  get trainingView() {
    return this.#trainingView;
  }

  show(tab: TabId): void {
    this.#tab = tab;
    this.#untilClosed.setItem(TAB_KEY, tab);
  }

  fold(folded: boolean): void {
    this.#folded = folded;
    this.#lasting.setItem(FOLDED_KEY, folded ? 'yes' : 'no');
  }

  showData(view: DataView): void {
    this.#dataView = view;
    this.show('data');
  }

  showTraining(view: TrainingView): void {
    this.#trainingView = view;
  }

  keepOpen(sections: readonly string[]): void {
    this.#open = sections;
    this.#lasting.setItem(OPEN_KEY, sections.join(' '));
  }
}
