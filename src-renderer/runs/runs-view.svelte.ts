// How a person looks at the runs: filter, order, the row they are at, what is chosen. Stays as it was left while other
// tabs are in front.
import type { RunId } from '../../src-shared/runs/runs';
import { ChartView } from '../charts/chart-view.svelte';
import type { Measure } from '../training';
import { toggled, type ChosenRun } from './chosen-runs';
import type { Gathering } from './compare/gather';
import { NEWEST_FIRST, NO_FILTER, orderBy, type Column, type Order, type RunFilter } from './run-list';

/** The list, the chosen runs beside each other, or a group by the settings that vary in it. */
export type RunsPlace = { kind: 'list' } | { kind: 'compare' } | { kind: 'group'; id: string };

export type ComparePart = 'curves' | 'settings' | 'results' | 'predictions';

export class RunsView {
  #filter = $state.raw<RunFilter>(NO_FILTER);
  #order = $state.raw<Order>(NEWEST_FIRST);
  #chosen = $state.raw<readonly ChosenRun[]>([]);
  /** The row that keys act on. */
  current = $state<RunId>();
  place = $state.raw<RunsPlace>({ kind: 'list' });
  part = $state<ComparePart>('curves');
  /** The chart that is shown where there is room for one. */
  measure = $state<Measure>('accuracy');
  gathering = $state<Gathering>('each');
  /** Whether the training curves are drawn too. */
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
  /** @returns false where there are as many as can be chosen */
  toggle(id: RunId): boolean {
    const next = toggled(this.#chosen, id);
    if (next) this.#chosen = next;
    return next !== undefined;
  }
  chooseNone(): void {
    this.#chosen = [];
  }
  /** Runs that are gone are not chosen any more. */
  keepChosen(exists: (id: RunId) => boolean): void {
    if (this.#chosen.some(({ id }) => !exists(id))) this.#chosen = this.#chosen.filter(({ id }) => exists(id));
  }
}
