// What a run is to do: its settings as they stand after changes, how many epochs, and the learning rate of each update.
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
  private present: Settings;
  private epochsInAll: number;
  /** Epochs trained before the schedule began. */
  private scheduleStart = 0;

  constructor(settings: Settings) {
    this.present = settings;
    this.epochsInAll = settings.epochs;
  }

  /** Goes on where another one was. */
  resume({ settings, epochs, scheduleStart }: ResumePoint, changes: readonly SettingsChange[]): void {
    this.present = settings;
    this.epochsInAll = epochs;
    this.scheduleStart = scheduleStart;
    this.changes.push(...changes);
  }

  /** Epochs trained before the schedule of the learning rate began. */
  get start(): number {
    return this.scheduleStart;
  }

  get settings(): Settings {
    return this.present;
  }

  get epochs(): number {
    return this.epochsInAll;
  }

  /** The learning rate of the update after so many epochs. */
  rateAt(epochs: number): number {
    return learningRateAt(this.present, epochs - this.scheduleStart, this.epochsInAll - this.scheduleStart);
  }

  /**
   * @param epochs trained before the change
   * @param update updates made before the change
   * @returns undefined where everything is so already
   */
  change(wanted: LiveChanges, epochs: number, update: number): SettingsChange | undefined {
    const changes: LiveChanges = {};
    for (const field of LIVE_FIELDS) {
      const value = wanted[field];
      if (value !== undefined && value !== this.present[field]) changes[field] = value;
    }
    if (Object.keys(changes).length === 0) return undefined;
    this.present = { ...this.present, ...(changes as Partial<Settings>) };
    const change = { epochs, update, changes };
    this.changes.push(change);
    return change;
  }

  /** More epochs for a run in flight: its schedule stretches to the new end. */
  extend(epochs: number): void {
    this.epochsInAll += epochs;
  }

  /**
   * More epochs for a run that is over. A schedule that has led the rate to its end begins again (a "warm restart",
   * Loshchilov and Hutter 2017), but not its warm-up; the others go on.
   * @param trained epochs
   * @param epochs in all
   */
  goOn(trained: number, epochs: number): void {
    this.epochsInAll = epochs;
    if (this.present.schedule !== 'cosine' && this.present.schedule !== 'one-cycle') return;
    this.scheduleStart = trained;
    this.present = { ...this.present, warmupEpochs: 0 };
  }
}
