// Which of several runs that train one after another is training now. Pure.
import type { RunSummary } from '../../src-shared/runs/runs';

/**
 * "run 2 of 3"; empty if no run of a group is training. A group's runs are stored one by one, each as it begins.
 * @param runs stored runs
 * @param waiting runs that have not begun
 */
export function queuePosition(runs: readonly Pick<RunSummary, 'status' | 'group'>[], waiting: number): string {
  const group = runs.find(({ status }) => status === 'running')?.group;
  if (!group) return '';
  const begun = runs.filter((run) => run.group?.id === group.id).length;
  return `run ${begun} of ${begun + waiting}`;
}
