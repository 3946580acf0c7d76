// Says what lies in a folder in which nothing fits: kinds of files, with a few names of each, and what can be done
// about the first.
import { join } from 'node:path';
import { adviceFor } from '../../files/kind/advice';
import type { FileKind, FileKindId } from '../../files/kind/kinds';
import { fileKindAt } from '../../files/kind/inspect-file';
import type { Listing } from './list-folder';

/** Each is opened. */
const MOST_FILES = 40;
const NAMES_SHOWN = 3;
const KINDS_SHOWN = 4;
/** Kinds that are so common that naming them would not help. */
const COMMON: readonly FileKindId[] = ['text', 'json', 'xml', 'pdf', 'system-notes', 'mac-notes', 'program', 'idx'];

/** In sentences; empty if nothing can be said. */
export async function whatIsThere(folder: string, { names, unfinished }: Listing): Promise<string> {
  if (names.length === 0) return unfinished.length === 0 ? 'There are no files in it.' : '';
  const groups = new Map<string, { kind: FileKind | undefined; names: string[] }>();
  for (const name of names.slice(0, MOST_FILES)) {
    const kind = await fileKindAt(join(folder, name));
    const what = kind?.what ?? '';
    const group = groups.get(what) ?? { kind, names: [] };
    group.names.push(name);
    groups.set(what, group);
  }
  const rank = ({ kind }: { kind: FileKind | undefined }) =>
    kind === undefined ? 2 : COMMON.includes(kind.id) ? 1 : 0;
  const sorted = [...groups.values()].sort((a, b) => rank(a) - rank(b) || b.names.length - a.names.length);
  const shown = sorted.slice(0, KINDS_SHOWN).map(inWords);
  const more = names.length > MOST_FILES || sorted.length > KINDS_SHOWN ? ', and more' : '';
  const [first] = sorted;
  const advice = first?.kind && rank(first) === 0 ? ` ${adviceFor(first.kind, 'dataset')}` : '';
  return `It holds ${shown.join(', ')}${more}.${advice}`;
}

function inWords({ kind, names }: { kind: FileKind | undefined; names: string[] }): string {
  const [first] = names;
  if (names.length === 1) return `“${first}”${kind ? `, which is ${kind.what}` : ''}`;
  const shown = names.slice(0, NAMES_SHOWN).map((name) => `“${name}”`);
  const few =
    names.length > NAMES_SHOWN ? `${shown.join(', ')} and ${names.length - NAMES_SHOWN} more` : shown.join(' and ');
  return `${few}${kind ? `, each of which is ${kind.what}` : ''}`;
}
