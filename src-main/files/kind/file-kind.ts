// Says what a file is, by its first and last bytes: for sentences about files that are not what was expected. Pure.
import { archiveKind } from './archive-kinds';
import { binaryKind } from './binary-kinds';
import { compressedKind } from './compressed-kinds';
import { changedIdx, idxKind } from './idx-kinds';
import { HEAD_BYTES, TAIL_BYTES, type FileKind, type FileInspection } from './kinds';
import { pickleKind } from './pickle-kinds';
import { textKind } from './text-kinds';

/** Names that browsers, wget's kin and file sharing give to a file while it is being written. */
const UNFINISHED = /\.(?:part|partial|crdownload|download|opdownload|unconfirmed|filepart|aria2|!ut|tmp)$/i;

/** How often a file may be compressed until no one looks further: there are files that unpack to themselves. */
const MOST_DEPTH = 3;

/** Fewer zeros at the beginning of a file say nothing of the rest of it. */
const LEAST_ZEROS = 1024;

/** Tried one after the other: first what cannot be mistaken, last what is only likely. */
const DETECTORS: readonly ((look: FileInspection, depth: number) => FileKind | undefined)[] = [
  ({ bytes }) => (bytes === 0 ? { id: 'empty', what: 'an empty file' } : undefined),
  ({ head, bytes }) =>
    (Number.isFinite(bytes) || head.length >= LEAST_ZEROS) && head.every((byte) => byte === 0)
      ? { id: 'zeros', what: `a file of ${inWords(bytes)} zero bytes` }
      : undefined,
  (look, depth) => (depth < MOST_DEPTH ? compressedKind(look, (inside) => firstKind(inside, depth + 1)) : undefined),
  archiveKind,
  idxKind,
  pickleKind,
  binaryKind,
  changedIdx,
  textKind,
];

/** @returns undefined if nothing is known of such bytes */
export function fileKind(look: FileInspection): FileKind | undefined {
  const kind = firstKind(look);
  if (!UNFINISHED.test(look.name)) return kind;
  return {
    id: 'unfinished',
    what: 'a download that is not finished, or was broken off',
    ...(kind && { inside: kind }),
  };
}

/** A look at bytes that are all there. */
export function lookAt(name: string, content: Uint8Array): FileInspection {
  return { name, bytes: content.length, head: content.subarray(0, HEAD_BYTES), tail: content.subarray(-TAIL_BYTES) };
}

/** @returns undefined if nothing is known of such bytes. The name plays no part. */
function firstKind(look: FileInspection, depth = 0): FileKind | undefined {
  for (const detect of DETECTORS) {
    const kind = detect(look, depth);
    if (kind) return kind;
  }
  return undefined;
}

function inWords(count: number): string {
  // The size of what a gzip file holds is not known from its beginning.
  return Number.isFinite(count) ? count.toLocaleString('en-US') : 'nothing but';
}
