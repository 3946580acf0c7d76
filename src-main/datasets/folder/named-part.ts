// An array or a table of a dataset, with what its name says about it.
import type { DataPart } from '../../../src-shared/data/dataset';
import type { Content } from '../../trainer/data/idx/idx-header';
import { parseName, type SetName } from './file-name';

export interface FoundPart {
  /** Path within the folder, through archives too: “archive.zip/mnist_train.csv”. */
  path: string;
  /** Name of an array within its file; undefined for a file that is a part as a whole. */
  array?: string | undefined;
  holds: Content | 'both';
  part: DataPart;
}

export interface NamedPart extends FoundPart {
  set: SetName | undefined;
  /** The folder, without one that is there for the set only: the same for all files of a dataset. */
  place: string[];
  /** What the file's name says besides set and content: the same for all files of a dataset. */
  prefix: string;
  /**
   * What the name of an array says besides set and content: “fashion” of fashion_x_train, “adversarial” of
   * x_train_adversarial.
   */
  variant: string;
  /** What distinguishes a copy from its original, such as "(1)". */
  copy: string;
  style: string;
}

/** Words for the content that only names of arrays use. */
const ARRAY_CONTENTS: Readonly<Record<string, Content>> = {
  data: 'images',
  digits: 'images',
  features: 'images',
  inputs: 'images',
  target: 'labels',
  classes: 'labels',
  class: 'labels',
};

type Name = Pick<NamedPart, 'set' | 'prefix' | 'copy' | 'style'> & { content: Content | undefined };

/** What the name of a file says. Words that are written together are separated, as in “trainX”, “y_train”, “xtest”. */
export function partsOfName(name: string): Name {
  const stem = name.replace(/(?:\.(?:npz|npy|csv|tsv|gz))+$/i, '');
  const separated = stem
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/^([xy])(train|test|val)/i, '$1_$2')
    .replace(/(train|test|val)([xy])$/i, '$1_$2');
  const { set, content, prefix, copy, style } = parseName(separated) ?? {
    set: undefined,
    content: undefined,
    prefix: separated.toLowerCase(),
    copy: '',
    style: '',
  };
  return { set, content, prefix, copy, style };
}

/** The same for an array, whose name has more words for its content: “train_data” and “train_target”. */
export function partsOfArrayName(name: string): Name {
  const parts = partsOfName(name);
  const words = parts.prefix.split('-');
  const word = words.find((word) => Object.hasOwn(ARRAY_CONTENTS, word));
  if (parts.content !== undefined || word === undefined) return parts;
  return { ...parts, content: ARRAY_CONTENTS[word], prefix: words.filter((other) => other !== word).join('-') };
}

export function withName(part: FoundPart): NamedPart {
  const path = part.path.split('/');
  const file = (part.part.format === 'npy' && part.array === undefined ? partsOfArrayName : partsOfName)(path.at(-1)!);
  const array = part.array === undefined ? undefined : partsOfArrayName(part.array);
  const { set, style } = array ?? file;
  const parent = parseName(path.at(-2) ?? '');
  const isOfSetFolder = set === undefined && parent?.set !== undefined;
  return {
    ...part,
    set: isOfSetFolder ? parent.set : set,
    place: path.slice(0, isOfSetFolder ? -2 : -1),
    prefix: file.prefix,
    variant: array?.prefix ?? '',
    copy: array?.copy ?? file.copy,
    style,
  };
}
