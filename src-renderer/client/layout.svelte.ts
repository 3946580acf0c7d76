// The layout of the workspace: the chosen tab, the views of the Data and Training tabs, what is folded, and the
// presentation that takes the place of all of it. The folds survive a restart of the app, the tab a reload of the page.
import { Presentation } from './presentation.svelte';
import { TABS, type TabId } from './tabs';

const TAB_KEY = 'tab';
const FOLDED_KEY = 'settings-folded';
const OPEN_KEY = 'open-sections';

/** images: those of the dataset; augmented: training images as training sees them. */
export type DataView = 'images' | 'augmented';
/** overview: curves, weights and mistakes; curves: all charts, large. */
export type TrainingView = 'overview' | 'curves';

export class Layout {
  #local: Storage;
  #session: Storage;
  #tab: TabId;
  #folded: boolean;
  #open: readonly string[] | undefined;
  #dataView = $state<DataView>('images');
  #trainingView = $state<TrainingView>('overview');
  #presentation = $state.raw<Presentation>();

  constructor(local: Storage, session: Storage) {
    this.#local = local;
    this.#session = session;
    this.#tab = $state(TABS.find(({ id }) => id === session.getItem(TAB_KEY))?.id ?? 'training');
    this.#folded = $state(local.getItem(FOLDED_KEY) === 'yes');
    this.#open = $state.raw(local.getItem(OPEN_KEY)?.split(' '));
  }

  get tab() {
    return this.#tab;
  }
  get folded() {
    return this.#folded;
  }

  /** Ids of the unfolded sections of the settings; undefined if none has been folded or unfolded yet. */
  get openSections() {
    return this.#open;
  }
  get dataView() {
    return this.#dataView;
  }
  get trainingView() {
    return this.#trainingView;
  }

  /** undefined if the workspace is shown. */
  get presentation() {
    return this.#presentation;
  }

  /** Shows a tab, and leaves a presentation. */
  show(tab: TabId): void {
    this.#presentation = undefined;
    this.#tab = tab;
    this.#session.setItem(TAB_KEY, tab);
  }

  fold(folded: boolean): void {
    this.#folded = folded;
    this.#local.setItem(FOLDED_KEY, folded ? 'yes' : 'no');
  }

  showData(view: DataView): void {
    this.#dataView = view;
    this.show('data');
  }

  showTraining(view: TrainingView): void {
    this.#trainingView = view;
  }

  present(): void {
    this.#presentation ??= new Presentation();
  }

  keepOpen(sections: readonly string[]): void {
    this.#open = sections;
    this.#local.setItem(OPEN_KEY, sections.join(' '));
  }
}
