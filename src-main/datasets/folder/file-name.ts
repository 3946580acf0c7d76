// What the name of a file or folder says of a dataset: its set, its content, and what is left of the name.
import type { Content } from '../../trainer/data/idx/idx-header';

export type SetName = 'train' | 'test' | 'validation';

export interface NameParts {
  set: SetName | undefined;
  content: Content | undefined;
  /** As it is written: "t10k", "test" and "testing" are all the test set. */
  setWord: string;
  /** What else the name says, in lower case: "emnist-letters" of “emnist-letters-train-images-idx3-ubyte.gz”. */
  prefix: string;
  /** Whether it calls itself an IDX file. */
  saysIdx: boolean;
  /** What tells it from a copy of the same file: " (1)", "copy of", or nothing. */
  copy: string;
  /**
   * The name with its set, its content and the type of its numbers left out: files that were made together have the
   * same.
   */
  style: string;
}

const SETS: Record<string, SetName> = {
  train: 'train',
  training: 'train',
  trn: 'train',
  test: 'test',
  testing: 'test',
  tst: 'test',
  t10k: 'test',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
};
const CONTENTS: Record<string, Content> = {
  images: 'images',
  image: 'images',
  imgs: 'images',
  img: 'images',
  pixels: 'images',
  x: 'images',
  labels: 'labels',
  label: 'labels',
  lbls: 'labels',
  lbl: 'labels',
  targets: 'labels',
  y: 'labels',
};
/** Of the kind of the file, not of the dataset. */
const KIND =
  /^(?:idx\d?|ubyte|byte|short|int|float|double|uint8|int8|int16|int32|float32|float64|gz|bin|dat|raw|txt|z)$/;
/** Files of other kinds, whatever else their names say. */
const OTHER_ENDINGS = [
  'npz|npy|csv|tsv|png|jpe?g|gif|bmp|tiff?|zip|tar|tgz|7z|rar|xz|bz2|zst|mat|pth?|pkl|pickle|joblib|parquet|arrow',
  'json|ya?ml|xml|html?|md|pdf|py|ipynb|h5|hdf5|keras|onnx|safetensors|tfrecord|exe|dll|log',
];
const OTHER_KINDS = new RegExp(`\\.(?:${OTHER_ENDINGS.join('|')})(?:\\.gz)?$`);

/** Copies as browsers, desktops and programs that keep folders in step name them. */
const COPIES = [
  /^(?:copy|kopie|copie|copia|cópia)(?: \(\d+\))? (?:of|von|de) /,
  /[ _]?\((?:\d+|[^()]*(?:conflict|copy|kopie)[^()]*)\)/,
  / (?:- )?(?:copy|kopie|copie|copia)(?: ?\(?\d+\)?)?(?=\.|$)/,
  /-(?:desktop|laptop)-[a-z0-9]+(?=\.|$)/,
  /\.sync-conflict-[a-z0-9-]+/,
];

/** @returns undefined if it says nothing of a set or a content, or is of another kind than IDX */
export function parseName(name: string): NameParts | undefined {
  let rest = name.normalize('NFC').trim().toLowerCase().replace(/\?.*$/, '');
  const copies: string[] = [];
  for (const pattern of COPIES) {
    rest = rest.replace(pattern, (copy) => {
      copies.push(copy.trim());
      return '';
    });
  }
  if (OTHER_KINDS.test(rest)) return undefined;
  const words = [
    ...rest.matchAll(/(?:t10k|training|train|testing|test|validation|valid)(?=im(?:a)?ge?s?|labels?|lbls?)|[^-_.\s]+/g),
  ].map((match) => ({ word: match[0], at: match.index }));
  const setAt = words.findIndex(({ word }) => Object.hasOwn(SETS, word));
  const contentAt = words.findIndex(({ word }) => Object.hasOwn(CONTENTS, word));
  if (setAt < 0 && contentAt < 0) return undefined;

  const first = Math.min(...[setAt, contentAt].filter((at) => at >= 0));
  const before = rest
    .slice(0, words[first]!.at)
    .replace(/[-_.\s]+$/, '')
    .trim();
  const after = words
    .filter(({ word }, k) => k > first && k !== setAt && k !== contentAt && !KIND.test(word))
    .map(({ word }) => word);
  const setWord = words[setAt]?.word ?? '';
  const styleOf = (word: string, k: number) => {
    if (k === setAt) return 'set';
    if (k === contentAt) return 'content';
    return KIND.test(word) && word !== 'gz' ? '' : word;
  };
  return {
    set: SETS[setWord],
    content: CONTENTS[words[contentAt]?.word ?? ''],
    setWord,
    prefix: [before, ...after].filter((word) => word !== '').join('-'),
    saysIdx: words.some(({ word }) => /^idx\d$/.test(word)),
    copy: copies.join(' '),
    style: `${words.map(({ word }, k) => styleOf(word, k)).join(' ')} ${rest.replace(/[^-_.\s]+/g, '')}`,
  };
}
