// Recognizes archives by their signatures, and the many formats that are ZIP archives by the names in them.
import { latin1, startsWith } from './bytes';
import type { FileKind, FileInspection } from './kinds';

const PACKED: readonly [name: string, signature: readonly number[] | string][] = [
  ['a bzip2 file', 'BZh'],
  ['an xz file', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['a Zstandard file', [0x28, 0xb5, 0x2f, 0xfd]],
  ['an LZ4 file', [0x04, 0x22, 0x4d, 0x18]],
  ['a 7-Zip archive', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['a RAR archive', 'Rar!\x1a\x07'],
  ['an LZMA file', [0x5d, 0x00, 0x00]],
  ['a file of the program compress', [0x1f, 0x9d]],
];

/** A ZIP archive is of a kind if any name in it matches. */
const ZIP_KINDS: readonly [names: RegExp, kind: FileKind][] = [
  [/(^|\/)(data\.pkl|constants\.pkl)$/, { id: 'torch', what: 'a file of PyTorch (torch.save)' }],
  [/^model\.weights\.(h5|npz)$/, { id: 'keras', what: 'a Keras model' }],
  [/^(xl|word|ppt)\/|^mimetype$/, { id: 'workbook', what: 'a document of an office program' }],
  [/\.npy$/, { id: 'npz', what: 'an archive of NumPy arrays (.npz)' }],
];

const ZIP_LOCAL = 'PK\x03\x04';
const ZIP_ENTRY = 'PK\x01\x02';
const ZIP_END = 'PK\x05\x06';

export function archiveKind(inspection: FileInspection): FileKind | undefined {
  const { head } = inspection;
  const packed = PACKED.find(([, signature]) => startsWith(head, signature));
  if (packed) return { id: 'packed', what: packed[0] };
  if (startsWith(head, ZIP_LOCAL) || startsWith(head, ZIP_END)) return zipKind(inspection);
  if (startsWith(head, 'ustar', 257) || isOldTar(head)) return { id: 'tar', what: 'a tar archive' };
  return undefined;
}

function zipKind({ head, tail }: FileInspection): FileKind {
  const names = [...namesAfter(head, ZIP_LOCAL, 26, 30), ...namesAfter(tail, ZIP_ENTRY, 28, 46)];
  const kind = ZIP_KINDS.find(([pattern]) => names.some((name) => pattern.test(name)))?.[1];
  if (kind) return kind;
  const [first] = names.filter((name) => !name.endsWith('/'));
  return { id: 'zip', what: first === undefined ? 'a ZIP archive' : `a ZIP archive (with “${shortened(first)}”)` };
}

/**
 * The names in headers that begin with this signature.
 * @param lengthAt offset of the length of the name.
 * @param nameAt offset of the name
 */
function namesAfter(bytes: Uint8Array, signature: string, lengthAt: number, nameAt: number): string[] {
  const text = latin1(bytes);
  const names: string[] = [];
  for (let at = text.indexOf(signature); at >= 0 && at + nameAt < bytes.length; at = text.indexOf(signature, at + 4)) {
    const length = bytes[at + lengthAt]! | (bytes[at + lengthAt + 1]! << 8);
    names.push(text.slice(at + nameAt, at + nameAt + length));
  }
  return names;
}

/** Before POSIX, tar had no signature. Its first header has a check sum, for which its own field counts as spaces. */
function isOldTar(head: Uint8Array): boolean {
  if (head.length < 512 || head[0] === 0) return false;
  const stated = parseInt(latin1(head.subarray(148, 156)), 8);
  const sum = head.subarray(0, 512).reduce((total, byte, k) => total + (k >= 148 && k < 156 ? 0x20 : byte), 0);
  return stated === sum;
}

function shortened(name: string): string {
  return name.length > 40 ? `${name.slice(0, 40)}…` : name;
}
