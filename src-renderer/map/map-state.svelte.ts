// The state of a dataset's map: its source, its view, its hidden classes, and the map itself. It outlives the tab.
import { rememberedOf } from '../client/dataset-memory';
import { WHOLE_MAP, type MapView } from './map-view';
import type { Projection, ProjectionJob } from './projection';
import type { MapChoice, SourceValues } from './sources';

/** A map with the values that it was computed from. */
export interface ShownMap {
  projection: Projection;
  values: SourceValues['values'];
  /** What the map is of, in words. */
  description: string;
}

export interface MapProgress {
  /** Of the map, see choiceKey. */
  key: string;
  /** 0 to 1 */
  done: number;
}

/** A map that could not be computed. */
export interface MapFailure {
  key: string;
  values: SourceValues['values'];
  /** A sentence. */
  message: string;
}

/** Share of the time that maps may take while training runs: their worker slows it down. */
const SHARE_OF_TIME = 0.025;

export class MapState {
  #restUntil = 0;
  #choice = $state.raw<MapChoice>();
  #view = $state.raw(WHOLE_MAP);
  #hidden = $state.raw<readonly number[]>([]);
  #ringed = $state(true);
  #shown = $state.raw<ShownMap>();
  #progress = $state.raw<MapProgress>();
  #failure = $state.raw<MapFailure>();

  /** What the user chose. Undefined for the default, see sourceToShow. */
  get choice() {
    return this.#choice;
  }
  get view() {
    return this.#view;
  }
  /** Classes that are not drawn. */
  get hidden() {
    return this.#hidden;
  }
  /** Whether misclassified images are ringed. */
  get ringed() {
    return this.#ringed;
  }
  /** Whether another map now would take too much time from training. */
  get isResting() {
    return performance.now() < this.#restUntil;
  }
  get shown() {
    return this.#shown;
  }
  /** Of a UMAP while it is computed. */
  get progress() {
    return this.#progress;
  }
  /** Of the last map, until another one is shown or the user tries again. */
  get failure() {
    return this.#failure;
  }

  choose(choice: MapChoice): void {
    this.#choice = choice;
    this.#view = WHOLE_MAP;
  }
  move(view: MapView): void {
    this.#view = view;
  }
  toggle(label: number): void {
    const others = this.#hidden.filter((hidden) => hidden !== label);
    this.#hidden = others.length < this.#hidden.length ? others : [...others, label];
  }
  ring(ringed: boolean): void {
    this.#ringed = ringed;
  }
  onProgress({ key }: ProjectionJob, done: number): void {
    this.#progress = { key, done };
  }
  onProjection({ values, description }: ProjectionJob, projection: Projection, milliseconds: number): void {
    this.#restUntil = performance.now() + milliseconds / SHARE_OF_TIME;
    this.#shown = { projection, values, description };
    this.#progress = undefined;
    this.#failure = undefined;
  }
  onFailure({ key, values }: ProjectionJob, reason: string): void {
    const because = reason === '' ? '' : ` (${reason.replace(/^Uncaught /, '').replace(/\.$/, '')})`;
    this.#failure = {
      key,
      values,
      message: `This map could not be computed: its worker ended${because}. Please try again.`,
    };
    this.#progress = undefined;
  }
  tryAgain(): void {
    this.#failure = undefined;
  }
}

/** The map of a dataset, the same each time the tab is opened. */
export const mapOf = rememberedOf(() => new MapState());
