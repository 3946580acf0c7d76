// Where the tour is, kept over a reload of the page, and what its button does.
import type { Settings } from '../../../src-shared/settings/settings';
import type { Commander } from '../../client/commander.svelte';
import type { Layout } from '../../client/layout.svelte';
import type { Selection } from '../../client/selection.svelte';
import type { Training } from '../../client/training.svelte';
import { drawingOf } from '../../draw';
import { checkSettings, type SettingsForm } from '../../settings';
import { following, settle, STEPS, stripOf, type TourAction, type TourFacts, type TourState } from './tour';

const KEY = 'tour';

export interface TourTargets {
  training: Training;
  commander: Commander;
  form: SettingsForm;
  layout: Layout;
  selection: Selection;
}

export class TourGuide {
  #targets: TourTargets;
  #storage: Storage;
  /** The tour has explained its first numbers, or was skipped: the next start does not begin with it. */
  #onSeen: () => void;
  #state = $state.raw<TourState>();

  readonly #facts: TourFacts | undefined = $derived.by(() => {
    const { training, layout, selection } = this.#targets;
    if (!training.dataset) return undefined;
    const { trainCount, testCount } = training.dataset.info;
    return {
      run: training.run,
      trainCount,
      testCount,
      lost: training.lost !== undefined,
      tab: layout.tab,
      image: selection.image,
      strokes: drawingOf(training.dataset).strokes.length,
    };
  });
  readonly #settled = $derived(this.#state && this.#facts ? settle(this.#state, this.#facts) : this.#state);
  readonly #strip = $derived(this.#settled && this.#facts && stripOf(this.#settled, this.#facts));

  constructor(targets: TourTargets, storage: Storage, onSeen: () => void) {
    this.#targets = targets;
    this.#storage = storage;
    this.#onSeen = onSeen;
    const stored = storage.getItem(KEY);
    if (stored !== null) this.#state = JSON.parse(stored) as TourState;
  }

  /** What to show; undefined if the tour is not running, or no dataset is open. */
  get strip() {
    return this.#strip;
  }
  /** "3 of 8" */
  get place() {
    return this.#settled && `${STEPS.indexOf(this.#settled.step) + 1} of ${STEPS.length}`;
  }
  get running() {
    return this.#state !== undefined;
  }
  /** Whether a run that starts now pauses after its first epoch, whose numbers the tour explains. */
  get pausesFirst() {
    return this.#settled?.step === 'train';
  }

  start(): void {
    const { training, commander, layout } = this.#targets;
    this.#set({ step: 'train' });
    layout.show('training');
    layout.showTraining('overview');
    if (!training.dataset && !commander.opening) void commander.openBuiltin();
  }
  /** Begins at a first start, whose start view says enough. */
  startFirst(): void {
    if (!this.running) this.#set({ step: 'train' });
  }

  /** Keeps what has happened: call it after events and after what the person does. */
  observe(): void {
    const settled = this.#settled;
    if (!this.#facts || settled === this.#state) return;
    if (this.#state?.step === 'train') this.#onSeen();
    this.#set(settled);
  }

  press(action: TourAction): void {
    this.observe();
    const { training, commander, form, layout } = this.#targets;
    switch (action.kind) {
      case 'train':
        return this.#train(form.propose('fast'));
      case 'train-larger':
        form.apply({ ...training.run!.settings, learningRate: action.learningRate });
        return this.#train(checkSettings(form.shown(training.run), training.dataset?.info.trainCount).settings);
      case 'resume':
        layout.show('training');
        return void commander.resume();
      case 'show':
        return layout.show(action.tab);
      case 'next':
        return this.#set(this.#state && this.#facts && following(this.#state, this.#facts));
      case 'end':
        return this.stop();
    }
  }

  stop(): void {
    // The pause after the first epoch would have no strip to explain it.
    const { commander, training } = this.#targets;
    if (this.pausesFirst && training.run?.phase === 'running') void commander.resume('end');
    this.#onSeen();
    this.#set(undefined);
  }

  #train(settings: Settings | undefined): void {
    const { commander, layout } = this.#targets;
    if (!settings) return commander.refuse('A setting is out of range: the settings say which one.');
    layout.show('training');
    void commander.train(settings);
  }

  #set(state: TourState | undefined): void {
    this.#state = state;
    if (state) this.#storage.setItem(KEY, JSON.stringify(state));
    else this.#storage.removeItem(KEY);
  }
}
