// What the desktop asks the app to open: a file of a network or a folder with a dataset, by an argument at the start, by a second
// start, or on a Mac by an event.
import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Given } from '../src-shared/contract';
import { IMPORT_SUFFIXES, suffixOf } from '../src-shared/network-formats';
import { fileErrorReason } from './file-errors';

const EXPECTED = `Expected a folder with a dataset, or a file of a network (${IMPORT_SUFFIXES.join(', ')}).`;
/** A letter alone is a drive of Windows. */
const HAS_SCHEME = /^[a-z][a-z0-9+.-]+:/i;

/**
 * What the arguments of a start ask to open: of several that can be opened the last, or else what is wrong with the last one.
 * @param folder that relative paths start at
 * @param app the app's own folder, which Electron is given as an argument in development
 */
export function givenAmong(args: readonly string[], folder: string, app: string): Given | undefined {
  const all = args.filter((arg) => arg !== '' && !arg.startsWith('-') && resolve(folder, arg) !== app).map((arg) => givenBy(arg, folder));
  return all.filter(({ kind }) => kind !== 'refused').at(-1) ?? all.at(-1);
}

/** @param place a path, or an address as the desktop entries of Linux give it: file:///home/me/my%20network.onnx */
export function givenBy(place: string, folder: string): Given {
  let path: string;
  try {
    path = HAS_SCHEME.test(place) ? fileURLToPath(place) : resolve(folder, place);
  } catch {
    return refused(`“${place}” cannot be opened: it is not the address of a file on this computer.`);
  }
  try {
    if (statSync(path).isDirectory()) return { kind: 'dataset', folder: path };
  } catch (error) {
    return refused(`“${path}” cannot be opened: ${fileErrorReason(error)}.`);
  }
  if (suffixOf(path, IMPORT_SUFFIXES) !== undefined) return { kind: 'network', file: path };
  return refused(`“${basename(path)}” cannot be opened: it is neither a folder nor a file of a network.`);
}

const refused = (reason: string): Given => ({ kind: 'refused', message: `${reason} ${EXPECTED}` });

/** Keeps what is to be opened until there is a page to open it. */
export class GivenFile {
  private waiting: Given | undefined;
  private isThere = false;

  /** @param emit gives it to the page that is there */
  constructor(private readonly emit: (given: Given) => void) {}

  offer(given: Given | undefined): void {
    if (given === undefined) return;
    if (this.isThere) this.emit(given);
    else this.waiting = given;
  }

  /** The page has loaded. @returns what has waited for it, once */
  take(): Given | undefined {
    const { waiting } = this;
    this.waiting = undefined;
    this.isThere = true;
    return waiting;
  }

  /** The page is gone; what is offered from now on waits for the next one. */
  pageGone(): void {
    this.isThere = false;
  }
}
