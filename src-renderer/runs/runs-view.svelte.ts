// The state of the Runs tab: filter, order, current row, chosen runs. It outlives the tab.
import type { RunId } from '../../src-shared/runs/runs';
import { ChartView } from '../charts/chart-view.svelte';
import type { Measure } from '../training';
import { toggledAll, type ChosenRun } from './chosen-runs';
import type { Gathering } from './compare/gather';
import { NEWEST_FIRST, NO_FILTER, orderBy, type Column, type Order, type RunFilter } from './run-list';

/** The list, the comparison of the chosen runs, or the results of a group. */
export type RunsPlace = { kind: 'list' } | { kind: 'compare' } | { kind: 'group'; id: string };

export type ComparePart = 'curves' | 'settings' | 'results' | 'predictions';

export class RunsView {
  #filter = $state.raw<RunFilter>(NO_FILTER);
  #order = $state.raw<Order>(NEWEST_FIRST);
  #chosen = $state.raw<readonly ChosenRun[]>([]);
  #unfolded = $state.raw<readonly string[]>([]);
  /** The row that the keys act on. */
  current = $state<string>();
  place = $state.raw<RunsPlace>({ kind: 'list' });
  part = $state<ComparePart>('curves');
  /** The chart to show if there is room for only one. */
  measure = $state<Measure>('accuracy');
  gathering = $state<Gathering>('each');
  /** Whether training curves are drawn too. */
  train = $state(true);
  readonly charts = new ChartView();

  get filter() {
    return this.#filter;
  }
  get order() {
    return this.#order;
  }
  get chosen() {
    return this.#chosen;
  }

  filterBy(changes: Partial<RunFilter>): void {
    this.#filter = { ...this.#filter, ...changes };
  }
  showAll(): void {
    this.#filter = NO_FILTER;
  }
  orderBy(column: Column): void {
    this.#order = orderBy(this.#order, column);
  }
  /** Ids of rows whose runs are shown one by one. */
  get unfolded() {
    return this.#unfolded;
  }
  fold(id: string): void {
    const others = this.#unfolded.filter((other) => other !== id);
    this.#unfolded = others.length < this.#unfolded.length ? others : [...others, id];
  }
  /** @returns false if not so many runs can be chosen */
  toggle(...ids: RunId[]): boolean {
    const next = toggledAll(this.#chosen, ids);
    if (next) this.#chosen = next;
    return next !== undefined;
  }
  chooseNone(): void {
    this.#chosen = [];
  }
  /** Removes runs that no longer exist. */
  keepChosen(exists: (id: RunId) => boolean): void {
    if (this.#chosen.some(({ id }) => !exists(id))) this.#chosen = this.#chosen.filter(({ id }) => exists(id));
  }
}
