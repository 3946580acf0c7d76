// Recognises well-known datasets by their bytes. Names all others after their files and folders.
import { basename, dirname } from 'node:path';
import type { Collection, DatasetSource } from '../../../src-shared/data/dataset';
import { placeWords } from './place-words';
import { emnistClassNames, FASHION, KUZUSHIJI, labelNumbers } from './labels/class-names';

/**
 * SHA-256 of the four uncompressed files, one after the other: zcat train-images… train-labels… t10k-images…
 * t10k-labels… | sha256sum. Fashion-MNIST's from Debian's package dataset-fashion-mnist 0.0~git20200523, which has the
 * authors' files.
 */
const MNIST = 'b2d8f5bf39174ee5ffeefa97e42d673c35432b411bb5d1f74fbbeddae7f1690a';
const FASHION_MNIST = '14410854cf7a289477dcfc7df3f8ec24741e281cdcc425ede0d9a748ca630214';
/**
 * SHA-256 of the four .gz files as published at https://codh.rois.ac.jp/kmnist. Hashes of their contents have not been
 * published.
 */
const KUZUSHIJI_MNIST = [
  '51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4',
  'e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17',
  'edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5',
  '20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c',
];

/**
 * Test images of MNIST with a wrong label, as agreed by the reviewers in Northcutt, Athalye and Mueller 2021,
 * labelerrors.com.
 */
const MNIST_LABEL_ERRORS = [947, 1621, 1901, 2130, 2462, 2597, 2654, 3520, 3558, 5937, 6651, 6783, 8527, 9679, 9729];

const EMNIST_PARTS: Record<string, string> = {
  byclass: 'ByClass',
  bymerge: 'ByMerge',
  balanced: 'Balanced',
  letters: 'Letters',
  digits: 'Digits',
  mnist: 'MNIST',
};

/** What distinguishes a dataset from others. */
export interface Evidence {
  files: Collection;
  source: DatasetSource;
  hash: string;
  /** SHA-256 of each file on the disk, still compressed, in the order of SPLIT_FILES. */
  packedHashes: string[];
  rows: number;
  columns: number;
  /** The label of each class, ascending. */
  labels: readonly number[];
  trainPerClass: number[];
  testPerClass: number[];
}

export interface Recognised {
  name: string;
  recognisedAs: string | undefined;
  classNames: string[];
  labelErrors: number[];
}

export function recognise(evidence: Evidence): Recognised {
  const { files, source, hash, labels } = evidence;
  const numbers = labelNumbers(labels);
  const known = (name: string, classNames = numbers, labelErrors: number[] = []): Recognised => ({
    name,
    recognisedAs: name,
    classNames,
    labelErrors,
  });
  if (hash === MNIST) return known('MNIST', numbers, MNIST_LABEL_ERRORS);
  if (hash === FASHION_MNIST) return known('Fashion-MNIST', FASHION);
  if (isKuzushiji(evidence.packedHashes)) return known('Kuzushiji-MNIST', KUZUSHIJI);

  // From here on only names are known, and the contents could be anything: hence not recognised.
  const named = (name: string, classNames = numbers): Recognised => ({
    name,
    recognisedAs: undefined,
    classNames,
    labelErrors: [],
  });
  const part = emnistPart(files, source);
  if (part !== undefined) return named(`EMNIST ${EMNIST_PARTS[part]}`, emnistClassNames(part, labels));
  if (/(?:^|[^a-z])qmnist/.test(files.prefix)) return named('QMNIST');
  return mayBeKuzushiji(evidence) ? named('Kuzushiji-MNIST', KUZUSHIJI) : named(directoryName(files, source));
}

/** Whether these are well-known images that are upright, whatever their files are called. */
export function isKnownUpright({ hash, packedHashes }: Pick<Evidence, 'hash' | 'packedHashes'>): boolean {
  return [MNIST, FASHION_MNIST].includes(hash) || isKuzushiji(packedHashes);
}

const isKuzushiji = (packedHashes: readonly string[]) =>
  KUZUSHIJI_MNIST.every((packed, k) => packed === packedHashes[k]);

/** Whether the names of the files say EMNIST, whose images are on their side. */
export function isEmnist({ prefix }: Collection): boolean {
  return saysEmnist(prefix);
}

/** True for EMNIST, but not for FEMNIST, which is another dataset. */
export function saysEmnist(name: string): boolean {
  return /(?<![a-z])emnist/i.test(name);
}

/** The part of EMNIST, such as “letters”. */
function emnistPart({ prefix, trainImages }: Collection, source: DatasetSource): string | undefined {
  const place =
    saysEmnist(prefix) || source.kind === 'builtin' ? prefix : `${placeWords(source.folder, trainImages)} ${prefix}`;
  const word = /emnist.*?[-._ ](byclass|bymerge|balanced|letters|digits|mnist)(?![a-z])/i.exec(place)?.[1];
  return word?.toLowerCase();
}

/** Kuzushiji-MNIST has MNIST's file names, counts and sizes. If unpacked, only its folder distinguishes it. */
function mayBeKuzushiji({ files, rows, columns, labels, trainPerClass, testPerClass }: Evidence): boolean {
  return (
    /kmnist|kuzushiji/i.test(directoryOf(files)) &&
    rows === 28 &&
    columns === 28 &&
    labels.length === 10 &&
    trainPerClass.every((count) => count === 6000) &&
    testPerClass.every((count) => count === 1000)
  );
}

function directoryName(files: Collection, source: DatasetSource): string {
  if (source.kind === 'builtin') return 'MNIST';
  const directory = directoryOf(files);
  const name =
    PLACE_NAMES.test(basename(directory)) && directory !== source.folder
      ? basename(dirname(directory))
      : basename(directory);
  return name || source.folder;
}
/** Names of folders that say nothing about their contents. */
const PLACE_NAMES = /^(?:raw|gzip|data|idx|archive|files)$/i;

/** The folder of the files, without the folders that hold only one of them. */
function directoryOf({ directory, trainImages }: Collection): string {
  return directory ?? dirname(trainImages);
}
