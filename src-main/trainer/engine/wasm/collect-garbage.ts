// Collects garbage when a network's shared memory is no longer needed. V8 would not do it soon, because the memory,
// which includes the images, is not on its heap: after some dozens of runs more than a gigabyte was unused, not freed.

/** Takes some milliseconds. Does nothing if the process was started without V8's flag --expose-gc. */
export function collectGarbage(): void {
  globalThis.gc?.();
}
