// What goes wrong in the main process, in a file that a person can open and send: no path below the home directory, and at
// most two files of a megabyte.
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { inspect } from 'node:util';

const MOST_BYTES = 1_000_000;

export class LogFile {
  private bytes: number;

  /** @param home the home directory, written as ~. Throws the system's error where the folder cannot be made. */
  constructor(
    readonly file: string,
    private readonly home: string,
    private readonly now: () => Date = () => new Date(),
  ) {
    mkdirSync(dirname(file), { recursive: true });
    this.bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  }

  /** Written before it returns, since the next thing may be the end. A disk that is full loses the line, and nothing else. */
  write(...parts: unknown[]): void {
    const text = parts.map((part) => (typeof part === 'string' ? part : inspect(part))).join(' ');
    const line = `${this.now().toISOString()} ${withoutHome(text, this.home)}\n`;
    try {
      if (this.bytes > 0 && this.bytes + Buffer.byteLength(line) > MOST_BYTES) this.rotate();
      appendFileSync(this.file, line);
      this.bytes += Buffer.byteLength(line);
    } catch {
      // There is nowhere left to say it.
    }
  }

  private rotate(): void {
    renameSync(this.file, this.file.replace(/\.log$/, '.older.log'));
    this.bytes = 0;
  }
}

/** Also as URLs and JSON write it. */
export function withoutHome(text: string, home: string): string {
  const spellings = [home, encodeURI(home), home.replaceAll('\\', '\\\\'), home.replaceAll('\\', '/')];
  return spellings.filter((one) => one.length > 1).reduce((all, one) => all.replaceAll(one, '~'), text);
}
