// The usual files of the test images of well-known datasets, for runs of version 0.1, which did not store theirs.
import type { DatasetIdentity } from '../../../src-shared/runs/runs';
import type { IdxTestSource } from '../../../src-shared/data/test-source';

type Dataset = Pick<DatasetIdentity, 'name' | 'classNames'> & Partial<Pick<DatasetIdentity, 'source'>>;
type Files = Pick<IdxTestSource, 'images' | 'labels'> & Partial<IdxTestSource>;

const PLAIN = {
  kind: 'idx',
  plainBytes: true,
  transposed: false,
  scale: 1 / 255,
  offset: 0,
  labelForm: 'number',
} as const;
/** Datasets whose files have the names of MNIST's. */
const NAMED_AS_MNIST = ['MNIST', 'Fashion-MNIST', 'Kuzushiji-MNIST'];

/**
 * The names have no “.gz”: the programs add it if they do not find the files.
 * @returns undefined for an unknown dataset
 */
export function usualTestSource({ name, classNames, source }: Dataset): IdxTestSource | undefined {
  const { holdOut: heldOut, collection = '' } = source?.kind === 'folder' ? source : {};
  const files = usualFiles(name, heldOut === undefined ? 'test' : 'train');
  if (!files) return undefined;
  const subFolder = collection.slice(0, collection.lastIndexOf('/') + 1);
  const within = (path: string) => `${subFolder}${path}`;
  return {
    ...PLAIN,
    heldOut,
    classLabels: usualLabels(name, classNames),
    ...files,
    images: within(files.images),
    labels: within(files.labels),
  };
}

function usualFiles(name: string, set: 'train' | 'test'): Files | undefined {
  const named = (before: string) => ({ images: `${before}-images-idx3-ubyte`, labels: `${before}-labels-idx1-ubyte` });
  const [, part] = /^EMNIST (.+)$/.exec(name) ?? [];
  if (part !== undefined) return { ...named(`emnist-${part.toLowerCase()}-${set}`), transposed: true };
  if (name === 'QMNIST')
    return {
      ...named(`qmnist-${set}`),
      labels: `qmnist-${set}-labels-idx2-int`,
      labelForm: 'first-of-eight',
      plainBytes: false,
    };
  return NAMED_AS_MNIST.includes(name) ? named(set === 'test' ? 't10k' : 'train') : undefined;
}

/** Names that are numbers are the labels. Otherwise labels count from 0, those of EMNIST's letters from 1. */
function usualLabels(name: string, classNames: readonly string[]): number[] {
  if (classNames.every((className) => /^-?\d+$/.test(className))) return classNames.map(Number);
  return classNames.map((_, k) => k + (name === 'EMNIST Letters' ? 1 : 0));
}
