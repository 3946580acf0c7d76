// Reads so many bytes at a time of what comes in portions of any size.

export class PortionReader {
  private readonly source: AsyncIterator<Uint8Array>;
  private current = new Uint8Array(0);
  /** Bytes of the section that was begun last, which nobody has read yet. */
  private left = 0;

  /** @param cutOff the error if the portions end too early */
  constructor(
    portions: AsyncIterable<Uint8Array>,
    private readonly cutOff: () => Error,
  ) {
    this.source = portions[Symbol.asyncIterator]();
  }

  /** @returns undefined at the end of the portions, if that may be */
  async read(length: number, { mayEnd = false } = {}): Promise<Uint8Array | undefined> {
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length;) {
      if (!(await this.fill())) {
        if (at === 0 && mayEnd) return undefined;
        throw this.cutOff();
      }
      const piece = this.take(length - at);
      bytes.set(piece, at);
      at += piece.length;
    }
    return bytes;
  }

  /** The next so many bytes are a section: read by portions(), or not at all. */
  begin(length: number): void {
    this.left = length;
  }

  /** The section's first bytes, without copying them. */
  async *portions(length: number): AsyncGenerator<Uint8Array> {
    for (let wanted = length; wanted > 0;) {
      const piece = await this.section(wanted);
      wanted -= piece.length;
      yield piece;
    }
  }

  async skipRest(): Promise<void> {
    while (this.left > 0) await this.section(this.left);
  }

  async isAtEnd(): Promise<boolean> {
    return !(await this.fill());
  }

  /** Ends the portions, whether all of them were read or not. */
  async close(): Promise<void> {
    await this.source.return?.();
  }

  private async section(most: number): Promise<Uint8Array> {
    if (!(await this.fill())) throw this.cutOff();
    const piece = this.take(Math.min(most, this.left));
    this.left -= piece.length;
    return piece;
  }

  private take(most: number): Uint8Array {
    const piece = this.current.subarray(0, most);
    this.current = this.current.subarray(piece.length);
    return piece;
  }

  /** @returns false at the end */
  private async fill(): Promise<boolean> {
    while (this.current.length === 0) {
      const { value, done } = await this.source.next();
      if (done) return false;
      this.current = value as Uint8Array<ArrayBuffer>;
    }
    return true;
  }
}
