// The names of classes: those of well-known datasets, and those in a file beside the images.
import { open } from 'node:fs/promises';
import { StudioError } from '../../../../src-shared/errors';
import { fileErrorReason } from '../../../files/file-errors';
import { decodeText } from './decode-text';
import { inWords } from '../number-words';
import { findFile, unreadable } from '../idx/read-idx';

const LARGEST_FILE = 1 << 20;
const LONGEST_NAME = 100;
/** A list may name more classes than occur, such as ten digits for a dataset of threes and sevens. */
const MOST_SPARE_NAMES = 62;

export const FASHION = [
  'T-shirt/top',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot',
];
export const KUZUSHIJI = [
  'お (o)',
  'き (ki)',
  'す (su)',
  'つ (tsu)',
  'な (na)',
  'は (ha)',
  'ま (ma)',
  'や (ya)',
  'れ (re)',
  'を (wo)',
];

const DIGITS = [...'0123456789'];
const CAPITALS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const LOWERCASE = CAPITALS.map((letter) => letter.toLowerCase());
/** Lowercase letters that look like their capital share its class (Cohen et al. 2017). These do not. */
const MERGED = [...DIGITS, ...CAPITALS, ...'abdefghnqrt'];

/** Keyed by what follows “emnist-” in file names. `from` is the first label: 1 for the letters, otherwise 0. */
const EMNIST: Record<string, { from: number; names: string[] }> = {
  byclass: { from: 0, names: [...DIGITS, ...CAPITALS, ...LOWERCASE] },
  bymerge: { from: 0, names: MERGED },
  balanced: { from: 0, names: MERGED },
  letters: { from: 1, names: CAPITALS.map((letter, k) => letter + LOWERCASE[k]!) },
  digits: { from: 0, names: DIGITS },
  mnist: { from: 0, names: DIGITS },
};

/** The names of the classes; undefined if this part of EMNIST does not have all of the labels. */
export function emnistClassNames(part: string, labels: readonly number[]): string[] | undefined {
  const known = EMNIST[part];
  const names = labels.map((label) => known?.names[label - known.from]);
  return names.every((name) => name !== undefined) ? names : undefined;
}

/** Names for unknown classes: the labels themselves. */
export function labelNumbers(labels: readonly number[]): string[] {
  return labels.map(String);
}

export interface ClassNames {
  /** The name of each class; undefined if the file does not name the classes. */
  names: string[] | undefined;
  notes: string[];
}

/**
 * Reads a file of class names.
 * @param labels the label of each class
 * Throws file-unreadable, class-names-wrong.
 */
export async function readClassNames(path: string, labels: readonly number[]): Promise<ClassNames> {
  const { name, bytes } = await findFile(path);
  const wrong = (what: string) => namesWrong(name, what);
  const isMapping = /mapping\.txt$/i.test(name);
  const passedOver = (why: string) => `${name} was passed over, since it does not name the classes: ${why}.`;
  if (bytes > LARGEST_FILE) {
    const why = `it is ${(bytes / (1 << 20)).toFixed(1)} MB large, and at most 1 MB was expected`;
    if (isMapping) throw wrong(why);
    return { names: undefined, notes: [passedOver(why)] };
  }
  const content = await readBytes(path, bytes).catch((error: unknown) => {
    throw unreadable(name, fileErrorReason(error));
  });
  const decoded = decodeText(content);
  if (!decoded) throw wrong('it is not a text file');
  const lines = decoded.text
    .split(/\r\n?|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length === 0) throw wrong('it is empty, and one line for each class was expected');
  const notes = decoded.encoding === 'Latin-1' ? [`${name} is not written in UTF-8: it was read as Latin-1.`] : [];
  if (isMapping) return { names: fromMapping(lines, labels, wrong), notes };
  const why = whyNoNames(lines, labels);
  if (why === undefined) return { names: fromNames(lines, labels, wrong), notes };
  return { names: undefined, notes: [passedOver(why)] };
}

/** Why the lines are not one name for each class; probably they describe single images. Undefined if they are. */
function whyNoNames(lines: string[], labels: readonly number[]): string | undefined {
  const most = Math.max(MOST_SPARE_NAMES, 2 * (labels.at(-1)! + 1));
  if (lines.length > most) return `it has ${inWords(lines.length)} lines for ${inWords(labels.length)} classes`;
  const repeated = lines.find((line, k) => lines.indexOf(line) !== k);
  return repeated !== undefined && lines.length > labels.length
    ? `it says ${quoted(repeated)} more than once`
    : undefined;
}

/** EMNIST's format: “label code [code…]”, with the decimal codes of the characters of this class. */
function fromMapping(lines: string[], labels: readonly number[], wrong: (what: string) => StudioError): string[] {
  const names = new Map<number, string>();
  lines.forEach((line, k) => {
    const numbers = line.split(/\s+/);
    if (numbers.length < 2 || !numbers.every((number) => /^\d{1,9}$/.test(number))) {
      throw wrong(
        `its line ${k + 1} is ${quoted(line)}, and a label and the decimal codes of its characters, as in “0 ` +
          '48”, were expected',
      );
    }
    const [label, ...codes] = numbers.map(Number) as [number, ...number[]];
    const strange = codes.find(
      (code) => code < 0x20 || (code > 0x7e && code < 0xa0) || (code >= 0xd800 && code < 0xe000) || code > 0x10ffff,
    );
    if (strange !== undefined) throw wrong(`its line ${k + 1} holds ${strange}, which is not the code of a character`);
    addName(names, label, String.fromCodePoint(...codes.slice(0, LONGEST_NAME)), k, wrong);
  });
  return pick(names, labels, wrong);
}

/** One name per line in the order of the classes, or “label name”. */
function fromNames(lines: string[], labels: readonly number[], wrong: (what: string) => StudioError): string[] {
  const tooLong = lines.findIndex((line) => line.length > LONGEST_NAME);
  if (tooLong >= 0)
    throw wrong(`its line ${tooLong + 1} is longer than ${LONGEST_NAME} characters, and a name was expected`);
  const numbered = lines.map((line) => /^(-?\d{1,9})[\s:,;=]+(\S.*)$/.exec(line));
  if (numbered.every((match) => match !== null)) {
    const names = new Map<number, string>();
    numbered.forEach((match, k) => addName(names, Number(match![1]), match![2]!, k, wrong));
    return pick(names, labels, wrong);
  }
  // As many names as classes: in their order. Otherwise the first line names label 0.
  if (lines.length === labels.length) return lines;
  return pick(new Map(lines.map((line, k) => [k, line])), labels, wrong);
}

function addName(
  names: Map<number, string>,
  label: number,
  name: string,
  line: number,
  wrong: (what: string) => StudioError,
): void {
  if (names.has(label)) throw wrong(`its line ${line + 1} names the label ${label} a second time`);
  names.set(label, name);
}

function pick(names: Map<number, string>, labels: readonly number[], wrong: (what: string) => StudioError): string[] {
  return labels.map((label) => {
    const name = names.get(label);
    if (name === undefined)
      throw wrong(
        `it has no name for the label ${label}, and names for ${labels[0]} to ${labels.at(-1)} were expected`,
      );
    return name;
  });
}

/** Reads no more than `length` bytes: the file may have grown since its size was checked. */
async function readBytes(path: string, length: number): Promise<Uint8Array> {
  const handle = await open(path);
  try {
    const { bytesRead, buffer } = await handle.read(new Uint8Array(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function namesWrong(name: string, what: string): StudioError {
  return new StudioError(
    'class-names-wrong',
    `${name} does not name the classes: ${what}. Please correct or remove this file.`,
  );
}

function quoted(line: string): string {
  return `“${line.length > 40 ? `${line.slice(0, 40)}…` : line}”`;
}
