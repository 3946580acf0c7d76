// Passes on the newest value only now and then, for views that are too slow to redraw five times a second. Pure.

export class ThrottledValue<Value> {
  #key: unknown;
  #value: Value | undefined;
  #since = -Infinity;

  /**
   * @param key the owner of the value. A value with another key is passed on at once.
   * @param moving whether more values will follow. The last value is passed on at once.
   * @param interval milliseconds between two values that are passed on
   * @param now milliseconds
   */
  take(key: unknown, newest: Value | undefined, moving: boolean, interval: number, now: number): Value | undefined {
    if (
      newest === undefined ||
      this.#value === undefined ||
      key !== this.#key ||
      !moving ||
      now - this.#since >= interval
    ) {
      if (newest !== this.#value) this.#since = now;
      this.#value = newest;
      this.#key = key;
    }
    return this.#value;
  }
}
