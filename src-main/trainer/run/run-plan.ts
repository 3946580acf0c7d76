// The plan of a run: its settings after all changes, its number of epochs, and the learning rate of each update.
import {
  LIVE_FIELDS,
  type LiveChanges,
  type Settings,
  type SettingsChange,
} from '../../../src-shared/settings/settings';
import { learningRateAt } from '../../../src-shared/settings/schedule';
import type { ResumePoint } from '../../../src-shared/runs/runs';

export class RunPlan {
  readonly changes: SettingsChange[] = [];
  private current: Settings;
  private totalEpochs: number;
  private scheduleStart = 0;

  constructor(settings: Settings) {
    this.current = settings;
    this.totalEpochs = settings.epochs;
  }

  /** Takes over the plan of a stored run. */
  resume({ settings, epochs, scheduleStart }: ResumePoint, changes: readonly SettingsChange[]): void {
    this.current = settings;
    this.totalEpochs = epochs;
    this.scheduleStart = scheduleStart;
    this.changes.push(...changes);
  }

  /** Epochs trained before the schedule of the learning rate began. */
  get start(): number {
    return this.scheduleStart;
  }

  get settings(): Settings {
    return this.current;
  }

  get epochs(): number {
    return this.totalEpochs;
  }

  /** The learning rate of the update after this many epochs. */
  rateAt(epochs: number): number {
    return learningRateAt(this.current, epochs - this.scheduleStart, this.totalEpochs - this.scheduleStart);
  }

  /**
   * @param epochs trained before the change
   * @param update updates made before the change
   * @returns undefined if all values are set already
   */
  change(wanted: LiveChanges, epochs: number, update: number): SettingsChange | undefined {
    const changes: LiveChanges = {};
    for (const field of LIVE_FIELDS) {
      const value = wanted[field];
      if (value !== undefined && value !== this.current[field]) changes[field] = value;
    }
    if (Object.keys(changes).length === 0) return undefined;
    this.current = { ...this.current, ...(changes as Partial<Settings>) };
    const change = { epochs, update, changes };
    this.changes.push(change);
    return change;
  }

  /** Adds epochs while the run is training: its schedule is stretched to the new end. */
  extend(epochs: number): void {
    this.totalEpochs += epochs;
  }

  /**
   * Adds epochs after the end of a run. A schedule that has reached its final learning rate begins again, without its
   * warm-up (a "warm restart", Loshchilov and Hutter 2017); other schedules continue.
   * @param trained epochs trained so far
   * @param epochs in all
   */
  extendAfterEnd(trained: number, epochs: number): void {
    this.totalEpochs = epochs;
    if (this.current.schedule !== 'cosine' && this.current.schedule !== 'one-cycle') return;
    this.scheduleStart = trained;
    this.current = { ...this.current, warmupEpochs: 0 };
  }
}
