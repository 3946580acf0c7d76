// What goes wrong in the main process, in a file that a person can open and send: no path below the home directory, and
// two files of a megabyte; of two megabytes if the full one is open elsewhere and cannot be renamed.
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { inspect } from 'node:util';

const FULL_BYTES = 1_000_000;
const MOST_BYTES = 2 * FULL_BYTES;

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

  /**
   * Written before it returns, because the process may end next. If the disk refuses the line, it is lost, and nothing
   * else.
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
      // There is nowhere left to say it.
    }
  }

  private rotate(): void {
    try {
      renameSync(this.file, this.file.replace(/\.log$/, '.older.log'));
      this.bytes = 0;
    } catch {
      // Another program has it open. The lines go on in the same file, and the next line tries again.
    }
  }
}

/** Also as URLs and JSON write it. */
export function withoutHome(text: string, home: string): string {
  const spellings = [home, encodeURI(home), home.replaceAll('\\', '\\\\'), home.replaceAll('\\', '/')];
  return spellings.filter((one) => one.length > 1).reduce((all, one) => all.replaceAll(one, '~'), text);
}
