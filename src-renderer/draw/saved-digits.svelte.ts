// The saved digits as the tab shows them, newest first. The last removal can be undone.
import { readSavedDigits, writeSavedDigits, type SavedDigit, type DigitStorage } from './saved-digits';

export class SavedDigits {
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
  /** Why the last change could not be saved. */
  get failure() {
    return this.#failure;
  }
  get canUndo() {
    return this.#removed !== undefined;
  }

  save(digit: Omit<SavedDigit, 'id'>): void {
    // The removed digit may come back, so its id is not free.
    const id = Math.max(0, this.#removed?.digit.id ?? 0, ...this.#digits.map((other) => other.id)) + 1;
    this.#write([{ ...digit, id }, ...this.#digits]);
  }

  remove(id: number): void {
    const at = this.#digits.findIndex((digit) => digit.id === id);
    const digit = this.#digits[at];
    if (digit && this.#write(this.#digits.filter((other) => other !== digit))) this.#removed = { digit, at };
  }

  /** Puts the digit that was removed last back in its place. */
  undoRemoval(): void {
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
