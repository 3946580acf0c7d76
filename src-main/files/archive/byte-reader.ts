// Reads a given number of bytes at a time from chunks of any size.

export class ByteReader {
  private readonly source: AsyncIterator<Uint8Array>;
  private current = new Uint8Array(0);
  /** Bytes of the current section that have not been read yet. */
  private left = 0;

  /** @param cutOff creates the error for chunks that end too early */
  constructor(
    chunks: AsyncIterable<Uint8Array>,
    private readonly cutOff: () => Error,
  ) {
    this.source = chunks[Symbol.asyncIterator]();
  }

  /** @returns undefined at the end of the chunks, if mayEnd is true */
  async read(length: number, { mayEnd = false } = {}): Promise<Uint8Array | undefined> {
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length;) {
      if (!(await this.fill())) {
        if (at === 0 && mayEnd) return undefined;
        throw this.cutOff();
      }
      const chunk = this.take(length - at);
      bytes.set(chunk, at);
      at += chunk.length;
    }
    return bytes;
  }

  /** Begins a section of this length, which is read by chunks(), skipped by skipRest(), or both. */
  begin(length: number): void {
    this.left = length;
  }

  /** The first bytes of the section, without copying them. */
  async *chunks(length: number): AsyncGenerator<Uint8Array> {
    for (let wanted = length; wanted > 0;) {
      const chunk = await this.section(wanted);
      wanted -= chunk.length;
      yield chunk;
    }
  }

  async skipRest(): Promise<void> {
    while (this.left > 0) await this.section(this.left);
  }

  async isAtEnd(): Promise<boolean> {
    return !(await this.fill());
  }

  /** Ends the chunks, even if not all of them were read. */
  async close(): Promise<void> {
    await this.source.return?.();
  }

  private async section(most: number): Promise<Uint8Array> {
    if (!(await this.fill())) throw this.cutOff();
    const chunk = this.take(Math.min(most, this.left));
    this.left -= chunk.length;
    return chunk;
  }

  private take(most: number): Uint8Array {
    const chunk = this.current.subarray(0, most);
    this.current = this.current.subarray(chunk.length);
    return chunk;
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
