// How many threads the fast engine uses by default.
import { readFileSync } from 'node:fs';
import { arch, availableParallelism, platform } from 'node:os';

/** Threads wait for each other several times in each batch, so more of them have not been found to help. */
const MOST_THREADS = 8;

export interface Processor {
  /** Threads that can run at the same time. */
  logical: number;
  /** Cores: the logical processors of a core share its arithmetic. */
  physical: number;
}

/** One thread for each core. If there are more than four logical processors, one is left to everything else. */
export function threadsThatHelp({ logical, physical }: Processor = readProcessor()): number {
  const free = logical > 4 ? logical - 1 : logical;
  return Math.max(1, Math.min(physical, free, MOST_THREADS));
}

function readProcessor(): Processor {
  const logical = availableParallelism();
  const physical = platform() === 'linux' ? countCores() : guessCores(logical);
  return { logical, physical: Math.min(logical, physical ?? guessCores(logical)) };
}

/** @returns undefined if Linux does not say, as in some virtual machines */
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

/** Most x64 machines with more than four logical processors have two for each core. */
function guessCores(logical: number): number {
  return arch() === 'x64' && logical > 4 ? Math.ceil(logical / 2) : logical;
}
