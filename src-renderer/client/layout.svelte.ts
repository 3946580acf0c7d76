// The layout of the workspace: the chosen tab, what was opened in it and the way back, the views of the Data and
// Training tabs, and what is folded. The folds survive a restart of the app, the tab a reload of the page.
import { TABS, type TabId } from './tabs';

const TAB_KEY = 'tab';
const FOLDED_KEY = 'settings-folded';
const OPEN_KEY = 'open-sections';

/** images: those of the dataset; augmented: training images as training sees them. */
export type DataView = 'images' | 'augmented';
/** overview: curves, weights and mistakes; curves: all charts, large. */
export type TrainingView = 'overview' | 'curves';

/** What is open in a tab. */
export interface Thing {
  /** Position in the test set. */
  image?: number | undefined;
  /** A unit and its layer, 0 for the first hidden one. */
  layer?: number | undefined;
  unit?: number | undefined;
}
export interface Place extends Thing {
  tab: TabId;
}

export class Layout {
  #local: Storage;
  #session: Storage;
  #place: Place;
  /** The places that led here, each by opening something. */
  #trail = $state.raw<readonly Place[]>([]);
  #folded: boolean;
  #open: readonly string[] | undefined;
  #dataView = $state<DataView>('images');
  #trainingView = $state<TrainingView>('overview');
  #compared = $state<string>();

  constructor(local: Storage, session: Storage) {
    this.#local = local;
    this.#session = session;
    this.#place = $state.raw({ tab: TABS.find(({ id }) => id === session.getItem(TAB_KEY))?.id ?? 'training' });
    this.#folded = $state(local.getItem(FOLDED_KEY) === 'yes');
    this.#open = $state.raw(local.getItem(OPEN_KEY)?.split(' '));
  }

  get tab() {
    return this.#place.tab;
  }
  get place() {
    return this.#place;
  }
  /** Where back() leads; undefined if the tab was chosen directly. */
  get origin() {
    return this.#trail.at(-1);
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
  /** Key of the run that was chosen to compare the shown one with; undefined if none was chosen. */
  get compared() {
    return this.#compared;
  }

  show(tab: TabId): void {
    this.#trail = [];
    this.#go({ tab });
  }

  /** Opens something in another tab. @param from what is open in this one, to come back to */
  visit(place: Place, from: Thing = {}): void {
    this.#trail = [...this.#trail, { ...from, tab: this.tab }];
    this.#go(place);
  }

  back(): void {
    const { origin } = this;
    this.#trail = this.#trail.slice(0, -1);
    if (origin) this.#go(origin);
  }

  #go(place: Place): void {
    this.#place = place;
    this.#session.setItem(TAB_KEY, place.tab);
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

  compareWith(key: string): void {
    this.#compared = key;
  }

  keepOpen(sections: readonly string[]): void {
    this.#open = sections;
    this.#local.setItem(OPEN_KEY, sections.join(' '));
  }
}
