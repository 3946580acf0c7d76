// A file of a network that the desktop asks the app to open: by its command line, by a second start, or on a Mac by an event.
import { resolve } from 'node:path';
import { IMPORT_SUFFIXES, suffixOf } from '../src-shared/network-formats';

/** The last argument that names a file that can be opened. @param folder that relative names count from */
export function fileAmong(args: readonly string[], folder: string): string | undefined {
  const file = [...args].reverse().find((arg) => !arg.startsWith('-') && suffixOf(arg, IMPORT_SUFFIXES) !== undefined);
  return file === undefined ? undefined : resolve(folder, file);
}

/** Keeps the file until there is a page to open it. */
export class GivenFile {
  private waiting: string | undefined;
  private isThere = false;

  /** @param tell the page that is there */
  constructor(private readonly tell: (file: string) => void) {}

  offer(file: string | undefined): void {
    if (file === undefined) return;
    if (this.isThere) this.tell(file);
    else this.waiting = file;
  }

  /** The page has loaded. @returns the file that has waited for it, once */
  take(): string | undefined {
    const { waiting } = this;
    this.waiting = undefined;
    this.isThere = true;
    return waiting;
  }
}
