// A newest value that is passed on only now and then, for what takes too long to be made anew five times a second.
// Pure.

export class Held<Value> {
  #key: unknown;
  #value: Value | undefined;
  #since = -Infinity;

  /**
   * @param key what the value belongs to; one of another is passed on at once
   * @param moving whether more values will follow; the last one is passed on at once
   * @param rest milliseconds for which a value is held
   * @param now milliseconds
   */
  take(key: unknown, newest: Value | undefined, moving: boolean, rest: number, now: number): Value | undefined {
    if (
      newest === undefined ||
      this.#value === undefined ||
      key !== this.#key ||
      !moving ||
      now - this.#since >= rest
    ) {
      if (newest !== this.#value) this.#since = now;
      this.#value = newest;
      this.#key = key;
    }
    return this.#value;
  }
}
