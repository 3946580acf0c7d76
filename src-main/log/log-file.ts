// The log file of the main process, which a person can open and send: it shows no path of the home directory. A full
// file of 1 MB is renamed, and replaces the one before; if it cannot be renamed, it may grow to 2 MB.
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { inspect } from 'node:util';

const FULL_BYTES = 1_000_000;
const MOST_BYTES = 2 * FULL_BYTES;

export class LogFile {
  private bytes: number;

  /** @param home the home directory, written as ~. Throws the system's error if the folder cannot be created. */
  constructor(
    readonly file: string,
    private readonly home: string,
    private readonly now: () => Date = () => new Date(),
  ) {
    mkdirSync(dirname(file), { recursive: true });
    this.bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  }

  /**
   * Writes a line before it returns, because the process may end next. Never throws: a line that cannot be written is
   * lost.
   */
  write(...parts: unknown[]): void {
    const text = parts.map((part) => (typeof part === 'string' ? part : inspect(part))).join(' ');
    const line = `${this.now().toISOString()} ${withoutHome(text, this.home)}\n`;
    try {
      const bytes = Buffer.byteLength(line);
      if (this.bytes > 0 && this.bytes + bytes > FULL_BYTES) this.rotate();
      if (this.bytes > 0 && this.bytes + bytes > MOST_BYTES) return;
      appendFileSync(this.file, line);
      this.bytes += bytes;
    } catch {
      // An error of the log itself cannot be reported anywhere.
    }
  }

  private rotate(): void {
    try {
      renameSync(this.file, this.file.replace(/\.log$/, '.older.log'));
      this.bytes = 0;
    } catch {
      // Another program has the file open. Lines are added to it, and the next line tries to rename it again.
    }
  }
}

/** Replaces the home directory by ~, also as URLs and JSON write it. */
export function withoutHome(text: string, home: string): string {
  const spellings = [home, encodeURI(home), home.replaceAll('\\', '\\\\'), home.replaceAll('\\', '/')];
  return spellings.filter((one) => one.length > 1).reduce((all, one) => all.replaceAll(one, '~'), text);
}
