// A run in a few words, to be read from the back row. Pure.
import { runNumber } from '../client/run-title';
import { epochsTrained, liveSettings, type Phase, type Run } from '../client/training';
import { FIELDS, NOT_RELEVANT, fieldHelp, settingInWords } from '../settings';
import { formatCount, formatFixed } from '../ui/format';

const STATES: Readonly<Record<Phase, string>> = {
  running: 'training',
  paused: 'paused',
  completed: 'finished',
  early: 'stopped early',
  stopped: 'stopped',
  failed: 'cut off',
  lost: 'cut off',
};

/** "#6 · epoch 3.2 of 20 · paused" */
export function statusInWords(run: Run | undefined): string {
  if (!run) return 'Nothing has been trained yet';
  const epochs = `epoch ${formatFixed(epochsTrained(run), 1)} of ${formatCount(run.epochs)}`;
  return [runNumber(run), epochs, STATES[run.phase]].join(' · ');
}

/** The differences that one line has room for. */
const MOST_DIFFERENCES = 2;

/** "Learning rate 0.01, Batch size 64": a run's settings in which the other one differs. */
export function differencesInWords(run: Run, other: Run): string {
  const [settings, others] = [liveSettings(run), liveSettings(other)];
  const differences = FIELDS.flatMap((name) => {
    const value = settingInWords(name, settings);
    if (value === settingInWords(name, others)) return [];
    return value === NOT_RELEVANT
      ? [`no ${fieldHelp(name).label.toLowerCase()}`]
      : [`${fieldHelp(name).label} ${value}`];
  });
  if (differences.length === 0) return 'the same settings';
  const more = differences.length - MOST_DIFFERENCES;
  return differences.slice(0, MOST_DIFFERENCES).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
