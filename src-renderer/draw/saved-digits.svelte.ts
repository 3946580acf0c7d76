// The digits that are kept, for the screen: what was added last comes first, and what was removed last can come back.
import { readSavedDigits, writeSavedDigits, type SavedDigit, type DigitStorage } from './saved-digits';

export class Kept {
  #storage: DigitStorage;
  #digits = $state.raw<readonly SavedDigit[]>([]);
  #removed = $state.raw<{ digit: SavedDigit; at: number }>();
  #failure = $state.raw<string>();

  constructor(storage: DigitStorage) {
    this.#storage = storage;
    this.#digits = readSavedDigits(storage);
  }

  get digits() {
    return this.#digits;
  }
  /** Why the last change was not made. */
  get failure() {
    return this.#failure;
  }
  get canPutBack() {
    return this.#removed !== undefined;
  }

  keep(digit: Omit<SavedDigit, 'id'>): void {
    // Not the number of the one that was removed, which can come back.
    const id = Math.max(0, this.#removed?.digit.id ?? 0, ...this.#digits.map((other) => other.id)) + 1;
    this.#write([{ ...digit, id }, ...this.#digits]);
  }

  remove(id: number): void {
    const at = this.#digits.findIndex((digit) => digit.id === id);
    const digit = this.#digits[at];
    if (digit && this.#write(this.#digits.filter((other) => other !== digit))) this.#removed = { digit, at };
  }

  /** What was removed last, to where it was. */
  putBack(): void {
    if (!this.#removed) return;
    const { digit, at } = this.#removed;
    if (this.#write([...this.#digits.slice(0, at), digit, ...this.#digits.slice(at)])) this.#removed = undefined;
  }

  #write(digits: readonly SavedDigit[]): boolean {
    this.#failure = writeSavedDigits(this.#storage, digits);
    if (this.#failure === undefined) this.#digits = digits;
    return this.#failure === undefined;
  }
}
