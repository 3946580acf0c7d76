// A network's shared memory holds the images too, and is freed only when V8 collects garbage. V8 sees no reason to,
// since the memory is not on its heap: without this, more than a gigabyte lay idle after some dozens of runs.

/** Takes some milliseconds. Does nothing in a process that was not started with V8's flag --expose-gc. */
export function collectGarbage(): void {
  globalThis.gc?.();
}
