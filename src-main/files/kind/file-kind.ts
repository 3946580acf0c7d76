// Recognizes what a file is by its first and last bytes, for messages about files that are not as expected. Pure.
import { archiveKind } from './archive-kinds';
import { binaryKind } from './binary-kinds';
import { compressedKind } from './compressed-kinds';
import { changedIdx, idxKind } from './idx-kinds';
import { HEAD_BYTES, TAIL_BYTES, type FileKind, type FileInspection } from './kinds';
import { pickleKind } from './pickle-kinds';
import { textKind } from './text-kinds';

/** Suffixes that browsers and other programs give to a file while they download it. */
const UNFINISHED = /\.(?:part|partial|crdownload|download|opdownload|unconfirmed|filepart|aria2|!ut|tmp)$/i;

/** Levels of compression that are unpacked. Limited, because there are files that unpack to themselves. */
const MOST_DEPTH = 3;

/** Fewer zeros at the beginning of a file say nothing about the rest. */
const LEAST_ZEROS = 1024;

/** Tried in this order: certain kinds first, likely kinds last. */
const DETECTORS: readonly ((inspection: FileInspection, depth: number) => FileKind | undefined)[] = [
  ({ bytes }) => (bytes === 0 ? { id: 'empty', what: 'an empty file' } : undefined),
  ({ head, bytes }) =>
    (Number.isFinite(bytes) || head.length >= LEAST_ZEROS) && head.every((byte) => byte === 0)
      ? { id: 'zeros', what: `a file of ${inWords(bytes)} zero bytes` }
      : undefined,
  (inspection, depth) =>
    depth < MOST_DEPTH ? compressedKind(inspection, (inside) => firstKind(inside, depth + 1)) : undefined,
  archiveKind,
  idxKind,
  pickleKind,
  binaryKind,
  changedIdx,
  textKind,
];

/** @returns undefined if the kind is not known */
export function fileKind(inspection: FileInspection): FileKind | undefined {
  const kind = firstKind(inspection);
  if (!UNFINISHED.test(inspection.name)) return kind;
  return {
    id: 'unfinished',
    what: 'a download that is not finished, or was broken off',
    ...(kind && { inside: kind }),
  };
}

/** The inspection of a file that is in memory. */
export function inspectBytes(name: string, content: Uint8Array): FileInspection {
  return { name, bytes: content.length, head: content.subarray(0, HEAD_BYTES), tail: content.subarray(-TAIL_BYTES) };
}

/** Ignores the name. @returns undefined if the kind is not known */
function firstKind(inspection: FileInspection, depth = 0): FileKind | undefined {
  for (const detect of DETECTORS) {
    const kind = detect(inspection, depth);
    if (kind) return kind;
  }
  return undefined;
}

function inWords(count: number): string {
  // The size of what a gzip file holds is not known from its beginning.
  return Number.isFinite(count) ? count.toLocaleString('en-US') : 'nothing but';
}
