// Suggested names of the files that a kept run is saved as. Pure.
import type { RunSummary } from '../../src-shared/runs/runs';

/** Only letters, digits, underscores, spaces and hyphens, at most 80 characters, as the save dialog accepts them. */
export function fileNameOf({ name }: Pick<RunSummary, 'name'>, what: string): string {
  const plain = name
    .replace(/[^\w -]+/g, '-')
    .replace(/-{2,}/g, '-')
    .slice(0, 80 - what.length - 1);
  return `${plain} ${what}`;
}
