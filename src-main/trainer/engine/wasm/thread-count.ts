// How many threads the fast engine takes where nobody says.
import { readFileSync } from 'node:fs';
import { arch, availableParallelism, platform } from 'node:os';

/** More than this has not been found to help: threads meet several times a batch. */
const MOST_THREADS = 8;

export interface Processor {
  /** What programs may run on at the same time. */
  logical: number;
  /** Two logical processors of one core share its arithmetic. */
  physical: number;
}

/** As many as there are cores, but where there are more than four processors one of them is left to everything else. */
export function threadsThatHelp({ logical, physical }: Processor = readProcessor()): number {
  const free = logical > 4 ? logical - 1 : logical;
  return Math.max(1, Math.min(physical, free, MOST_THREADS));
}

function readProcessor(): Processor {
  const logical = availableParallelism();
  const physical = platform() === 'linux' ? countCores() : guessCores(logical);
  return { logical, physical: Math.min(logical, physical ?? guessCores(logical)) };
}

/** @returns undefined where Linux does not tell, as in some virtual machines */
function countCores(): number | undefined {
  try {
    const text = readFileSync('/proc/cpuinfo', 'utf8');
    const cores = [...text.matchAll(/^physical id\s*: (\d+)$[^]*?^core id\s*: (\d+)$/gm)].map(
      ([, socket, core]) => `${socket}/${core}`,
    );
    return cores.length > 0 ? new Set(cores).size : undefined;
  } catch {
    return undefined;
  }
}

/** Most x64 processors with more than four logical ones have two for each core. */
function guessCores(logical: number): number {
  return arch() === 'x64' && logical > 4 ? Math.ceil(logical / 2) : logical;
}
