// A look at the beginning of a file: enough to know what it holds, and to tell it from other files of the same name.
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { headerLength, readHeader, widthOf, type IdxHeader } from '../trainer/data/idx-header';
import { readStart, type FileStart } from '../trainer/data/read-start';

export interface Peek {
  /** Undefined if it is no IDX file. */
  header: IdxHeader | undefined;
  /** Why it cannot be read whole, as a part of a sentence; undefined if nothing speaks against it. */
  damage: string | undefined;
  /** The same for files that begin alike, packed or not. */
  fingerprint: string;
}

/** Before they are unpacked. */
const PEEKED = 16_384;
const COMPARED = 2048;

/** Never throws: whoever reads the file says what is wrong. @returns undefined if it is not a file, or cannot be opened */
export async function peekFile(path: string): Promise<Peek | undefined> {
  try {
    const found = await stat(path);
    if (!found.isFile()) return undefined;
    const start = await readStart(path, PEEKED);
    const header = start.content && readHeader(start.content);
    const fingerprint = start.content ? fingerprintOf(start.content) : path;
    return { header, damage: damageOf(found.size, start, header), fingerprint };
  } catch {
    return undefined;
  }
}

/** The same of a file in an archive. @param content its first bytes, unpacked */
export function peekContent(content: Uint8Array | undefined): Peek | undefined {
  if (!content) return undefined;
  const header = readHeader(content);
  return { header, damage: header ? undefined : 'is not an IDX file', fingerprint: fingerprintOf(content) };
}

const fingerprintOf = (content: Uint8Array) => createHash('sha256').update(content.subarray(0, COMPARED)).digest('hex');

function damageOf(bytes: number, { content, gzip, isAll }: FileStart, header: IdxHeader | undefined): string | undefined {
  if (bytes === 0) return 'is empty';
  if (!content) return 'is damaged';
  if (!header) return 'is not an IDX file';
  const whole = header.dimensions.reduce((product, size) => product * size, widthOf(header)) + headerLength(header.dimensions.length);
  if (gzip) return isAll && content.length < whole ? 'is cut off' : undefined;
  return bytes < whole ? 'is cut off' : bytes > whole ? 'is longer than it should be' : undefined;
}
