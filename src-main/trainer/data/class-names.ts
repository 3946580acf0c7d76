// What the classes of a dataset are called: those that are well known, and files of names beside the images.
import { open } from 'node:fs/promises';
import { StudioError } from '../../../src-shared/errors';
import { fileErrorReason } from '../../file-errors';
import { findFile, unreadable } from './read-idx';

const LARGEST_FILE = 1 << 20;
const LONGEST_NAME = 100;

/** The labels of a dataset: class c is the label lowest + c. */
export interface LabelRange {
  lowest: number;
  classes: number;
}

export const FASHION = ['T-shirt/top', 'Trouser', 'Pullover', 'Dress', 'Coat', 'Sandal', 'Shirt', 'Sneaker', 'Bag', 'Ankle boot'];
export const KUZUSHIJI = ['お (o)', 'き (ki)', 'す (su)', 'つ (tsu)', 'な (na)', 'は (ha)', 'ま (ma)', 'や (ya)', 'れ (re)', 'を (wo)'];

const DIGITS = [...'0123456789'];
const CAPITALS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const SMALL = CAPITALS.map((letter) => letter.toLowerCase());
/** Small letters that look like their capital are one class with it (Cohen et al. 2017); these are the others. */
const MERGED = [...DIGITS, ...CAPITALS, ...'abdefghnqrt'];

/** By what follows “emnist-” in the names of the files; the letters are labelled from 1, all others from 0. */
const EMNIST: Record<string, { from: number; names: string[] }> = {
  byclass: { from: 0, names: [...DIGITS, ...CAPITALS, ...SMALL] },
  bymerge: { from: 0, names: MERGED },
  balanced: { from: 0, names: MERGED },
  letters: { from: 1, names: CAPITALS.map((letter, k) => letter + SMALL[k]!) },
  digits: { from: 0, names: DIGITS },
  mnist: { from: 0, names: DIGITS },
};

/** Names of the classes, or undefined where the labels are not those of this part of EMNIST. */
export function emnistClassNames(part: string, { lowest, classes }: LabelRange): string[] | undefined {
  const known = EMNIST[part];
  if (!known || lowest < known.from || lowest - known.from + classes > known.names.length) return undefined;
  return known.names.slice(lowest - known.from, lowest - known.from + classes);
}

/** Where nothing is known, the labels themselves. */
export function labelNumbers({ lowest, classes }: LabelRange): string[] {
  return Array.from({ length: classes }, (_, k) => String(lowest + k));
}

/** Reads a file of names, for all classes. Throws file-unreadable, class-names-wrong. */
export async function readClassNames(path: string, range: LabelRange): Promise<string[]> {
  const { name, bytes } = await findFile(path);
  const wrong = (what: string) => namesWrong(name, what);
  if (bytes > LARGEST_FILE) throw wrong(`it is ${(bytes / (1 << 20)).toFixed(1)} MB large, and at most 1 MB was expected`);
  const content = await readBytes(path, bytes).catch((error: unknown) => {
    throw unreadable(name, fileErrorReason(error));
  });
  const lines = textOf(content, name)
    .split(/\r\n?|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length === 0) throw wrong('it is empty, and one line for each class was expected');
  return /mapping\.txt$/i.test(name) ? fromMapping(lines, range, wrong) : fromNames(lines, range, wrong);
}

/** EMNIST's way: “label code [code…]”, with the decimal codes of the characters that are this class. */
function fromMapping(lines: string[], range: LabelRange, wrong: (what: string) => StudioError): string[] {
  const names = new Map<number, string>();
  lines.forEach((line, k) => {
    const numbers = line.split(/\s+/);
    if (numbers.length < 2 || !numbers.every((number) => /^\d{1,9}$/.test(number))) {
      throw wrong(`its line ${k + 1} is ${quoted(line)}, and a label and the decimal codes of its characters, as in “0 48”, were expected`);
    }
    const [label, ...codes] = numbers.map(Number) as [number, ...number[]];
    const strange = codes.find((code) => code < 0x20 || (code > 0x7e && code < 0xa0) || (code >= 0xd800 && code < 0xe000) || code > 0x10ffff);
    if (strange !== undefined) throw wrong(`its line ${k + 1} holds ${strange}, which is not the code of a character`);
    addName(names, label, String.fromCodePoint(...codes.slice(0, LONGEST_NAME)), k, wrong);
  });
  return pick(names, range, wrong);
}

/** One name a line in the order of the classes, or “number name”. */
function fromNames(lines: string[], range: LabelRange, wrong: (what: string) => StudioError): string[] {
  const tooLong = lines.findIndex((line) => line.length > LONGEST_NAME);
  if (tooLong >= 0) throw wrong(`its line ${tooLong + 1} is longer than ${LONGEST_NAME} characters, and a name was expected`);
  const numbered = lines.map((line) => /^(-?\d{1,9})[\s:,;=]+(\S.*)$/.exec(line));
  if (numbered.every((match) => match !== null)) {
    const names = new Map<number, string>();
    numbered.forEach((match, k) => addName(names, Number(match![1]), match![2]!, k, wrong));
    return pick(names, range, wrong);
  }
  // As many names as classes are in their order; otherwise the first line is label 0.
  const first = lines.length === range.classes ? range.lowest : 0;
  return pick(new Map(lines.map((line, k) => [first + k, line])), range, wrong);
}

function addName(names: Map<number, string>, label: number, name: string, line: number, wrong: (what: string) => StudioError): void {
  if (names.has(label)) throw wrong(`its line ${line + 1} names the label ${label} a second time`);
  names.set(label, name);
}

function pick(names: Map<number, string>, range: LabelRange, wrong: (what: string) => StudioError): string[] {
  return Array.from({ length: range.classes }, (_, k) => {
    const label = range.lowest + k;
    const name = names.get(label);
    if (name === undefined) {
      throw wrong(`it has no name for the label ${label}, and names for ${range.lowest} to ${range.lowest + range.classes - 1} were expected`);
    }
    return name;
  });
}

/** Not readFile: the file may grow after its size was checked. */
async function readBytes(path: string, length: number): Promise<Uint8Array> {
  const handle = await open(path);
  try {
    const { bytesRead, buffer } = await handle.read(new Uint8Array(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function textOf(content: Uint8Array, name: string): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    // Anything below a space but tab and ends of lines: a picture or UTF-16, not names.
    // eslint-disable-next-line no-control-regex
    if (!/[\x00-\x08\x0e-\x1f\x7f]/.test(text)) return text;
  } catch {
    // Not UTF-8.
  }
  throw namesWrong(name, 'it is not a text in UTF-8');
}

function namesWrong(name: string, what: string): StudioError {
  return new StudioError('class-names-wrong', `${name} does not name the classes: ${what}. Please correct or remove this file.`);
}

function quoted(line: string): string {
  return `“${line.length > 40 ? `${line.slice(0, 40)}…` : line}”`;
}
