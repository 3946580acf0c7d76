// Reads the beginning of a file, to find out what it holds and to distinguish it from other files of the same name.
import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { headerLength, readHeader, widthOf, type IdxHeader } from '../../trainer/data/idx/idx-header';
import { readStart, type FileStart } from '../../trainer/data/idx/read-start';

export interface Peek {
  /** Undefined if it is not an IDX file. */
  header: IdxHeader | undefined;
  /** Why the file cannot be read completely, as a clause; undefined if it probably can. */
  damage: string | undefined;
  /** Equal for images with the same beginning, and for labels that are the same as a whole, packed or not. */
  fingerprint: string;
}

/** Before they are unpacked. */
const PEEKED = 16_384;
/** Of images. */
const COMPARED = 2048;
/** Labels are compared whole, since corrected ones begin as those that were wrong; larger files are hardly labels. */
const LARGEST_LABELS = 1 << 23;

/**
 * Never throws: errors are reported when the file is read.
 * @returns undefined if it is not a file, or cannot be opened
 */
export async function peekFile(path: string): Promise<Peek | undefined> {
  try {
    const found = await stat(path);
    if (!found.isFile()) return undefined;
    const start = await readStart(path, PEEKED);
    const header = start.content && readHeader(start.content);
    const compared =
      holdsLabels(header) && found.size > PEEKED && found.size <= LARGEST_LABELS
        ? await readStart(path, found.size)
        : start;
    const content = compared.content ?? start.content;
    const fingerprint = content ? fingerprintOf(content, header) : path;
    const ending = start.gzip ? await unpackedSize(path, found.size) : undefined;
    return { header, damage: damageOf(found.size, start, header, ending), fingerprint };
  } catch {
    return undefined;
  }
}

/** The same of a file in an archive. @param content its first bytes, unpacked */
export function peekContent(content: Uint8Array | undefined): Peek | undefined {
  if (!content) return undefined;
  const header = readHeader(content);
  return { header, damage: header ? undefined : 'is not an IDX file', fingerprint: fingerprintOf(content, header) };
}

const holdsLabels = (header: IdxHeader | undefined) => header !== undefined && header.dimensions.length < 3;

function fingerprintOf(content: Uint8Array, header: IdxHeader | undefined): string {
  return createHash('sha256')
    .update(holdsLabels(header) ? content : content.subarray(0, COMPARED))
    .digest('hex');
}

/** What gzip writes at the end: the bytes of the unpacked file, or of its last member. */
async function unpackedSize(path: string, bytes: number): Promise<number> {
  const handle = await open(path);
  try {
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, Math.max(0, bytes - 4));
    return buffer.readUInt32LE();
  } finally {
    await handle.close();
  }
}

/**
 * It counts only if there is another file of the same name, so that a packed file of several members may be suspected.
 */
function damageOf(
  bytes: number,
  { content, gzip }: FileStart,
  header: IdxHeader | undefined,
  ending: number | undefined,
): string | undefined {
  if (bytes === 0) return 'is empty';
  if (!content) return 'is damaged';
  if (!header) return 'is not an IDX file';
  const whole =
    header.dimensions.reduce((product, size) => product * size, widthOf(header)) +
    headerLength(header.dimensions.length);
  if (gzip) return ending === whole ? undefined : 'is cut off';
  return bytes < whole ? 'is cut off' : bytes > whole ? 'is longer than it should be' : undefined;
}
