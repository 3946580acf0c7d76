// Errors of promises at the start of the app.

/** Throws the error outside its promise: Electron shows an uncaught error, but only warns of a rejected promise. */
export function throwLater(error: unknown): void {
  process.nextTick(() => {
    throw error;
  });
}
