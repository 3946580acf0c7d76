// A network's shared memory holds the images too, and is given back only when V8 collects garbage, for which V8 sees no reason:
// without this, more than a gigabyte lay idle after some dozens of runs.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: (() => void) | undefined;

/** Takes some milliseconds. */
export function collectGarbage(): void {
  if (!collect) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
}
