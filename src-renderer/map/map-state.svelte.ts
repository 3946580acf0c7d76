// What a person has done with the map of a dataset: what it is made of, where they look, which classes they see.
// Outlives the tab.
import { rememberedOf } from '../client/dataset-memory';
import { WHOLE_MAP, type MapView } from './map-view';
import type { Projection, ProjectionJob } from './projection';
import type { MapChoice, SourceValues } from './sources';

/** A map with what it was made of. */
export interface ShownMap {
  projection: Projection;
  values: SourceValues['values'];
  /** In words. */
  made: string;
}

export interface MapProgress {
  /** Of the map. */
  key: string;
  /** 0 to 1 */
  done: number;
}

/** A map that could not be made. */
export interface MapFailure {
  key: string;
  values: SourceValues['values'];
  /** A sentence. */
  message: string;
}

/** Of the time that training may lose to maps of its network, which a worker makes beside it. */
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

  /** undefined: whatever tells most. */
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
  /** Whether mistakes have a ring. */
  get ringed() {
    return this.#ringed;
  }
  /** Whether another map would take too much of the time of a training that runs. */
  get rests() {
    return performance.now() < this.#restUntil;
  }
  get shown() {
    return this.#shown;
  }
  /** Of a map that takes long, while it is made. */
  get progress() {
    return this.#progress;
  }
  /** Of the last map, until another one is made or it is to be tried again. */
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
  making({ key }: ProjectionJob, done: number): void {
    this.#progress = { key, done };
  }
  show({ values, made }: ProjectionJob, projection: Projection, milliseconds: number): void {
    this.#restUntil = performance.now() + milliseconds / SHARE_OF_TIME;
    this.#shown = { projection, values, made };
    this.#progress = undefined;
    this.#failure = undefined;
  }
  failed({ key, values }: ProjectionJob, reason: string): void {
    const because = reason === '' ? '' : ` (${reason.replace(/^Uncaught /, '').replace(/\.$/, '')})`;
    this.#failure = {
      key,
      values,
      message: `This map could not be made: the worker that makes it has ended${because}. Please try again.`,
    };
    this.#progress = undefined;
  }
  tryAgain(): void {
    this.#failure = undefined;
  }
}

/** The same whenever the tab is opened, as long as the dataset stays. */
export const mapOf = rememberedOf(() => new MapState());
