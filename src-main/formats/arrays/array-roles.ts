// The role of an array by its name, such as fc1.weight, W1, b_h, coefs_0, Dense_0/kernel, wih or bn1.running_mean.

export type Role =
  | 'weight'
  | 'bias'
  /** Batch normalization. */
  | 'gamma'
  | 'beta'
  | 'mean'
  | 'variance'
  /** PyTorch's pruning: the weight is their product. */
  | 'original'
  | 'mask'
  /** PyTorch's weight_norm: the length and the direction of each row. */
  | 'length'
  | 'direction';

export interface NamedRole {
  role: Role;
  /** The rest of the name, which the arrays of a layer have in common. */
  key: string;
  /** The usual layout of weights with such a name. */
  convention: 'out-in' | 'in-out' | undefined;
}

const SUFFIXES: readonly [RegExp, Role][] = [
  [/^(.*?)\.?weight\.orig$/, 'original'],
  [/^(.*?)\.?weight\.mask$/, 'mask'],
  [/^(.*?)\.?weight\.g$/, 'length'],
  [/^(.*?)\.?weight\.v$/, 'direction'],
  [/^(.*?)\.?parametrizations\.weight\.original\.0$/, 'length'],
  [/^(.*?)\.?parametrizations\.weight\.original\.1$/, 'direction'],
  [/^(.*?)\.?(?:running|moving)\.mean$/, 'mean'],
  [/^(.*?)\.?(?:running|moving)\.var(?:iance)?$/, 'variance'],
  [/^batch\.stats\.(.*)\.mean$/, 'mean'],
  [/^batch\.stats\.(.*)\.var$/, 'variance'],
  [/^(.+)\.(?:gamma|scale)$/, 'gamma'],
  [/^(.+)\.beta$/, 'beta'],
];

/** A word in a name takes precedence over a letter. */
const WORDS: Readonly<Record<string, 'weight' | 'bias'>> = {
  weight: 'weight',
  weights: 'weight',
  kernel: 'weight',
  kernels: 'weight',
  coef: 'weight',
  coefs: 'weight',
  theta: 'weight',
  thetas: 'weight',
  bias: 'bias',
  biases: 'bias',
  intercept: 'bias',
  intercepts: 'bias',
};
const LETTERS: Readonly<Record<string, 'weight' | 'bias'>> = { w: 'weight', b: 'bias' };
const CONVENTIONS: Readonly<Record<string, NamedRole['convention']>> = {
  weight: 'out-in',
  coef: 'out-in',
  kernel: 'in-out',
  coefs: 'in-out',
};

/** Abbreviations for input, hidden and output: Wh, wih, who, bo, … */
const SHORT = /^([wb])(ih|ho|hh|xh|hx|hy|xy|h|o|i|x|y|in|out|hid)$/;

/** “fc1.weight” and “fc1_weight” become “fc.1.weight”. A leading “params” is dropped. */
export function wordsOf(name: string): string[] {
  const words = name
    .replace(/:\d+$/, '')
    .replace(/([a-z])([A-Z])/g, '$1.$2')
    .replace(/([A-Za-z])(\d)/g, '$1.$2')
    .replace(/(\d)([A-Za-z])/g, '$1.$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  return words[0] === 'params' && words.length > 1 ? words.slice(1) : words;
}

/** @returns undefined if the name does not reveal a role */
export function roleOf(name: string): NamedRole | undefined {
  const words = wordsOf(name);
  const joined = words.join('.');
  for (const [pattern, role] of SUFFIXES) {
    const key = pattern.exec(joined)?.[1];
    if (key !== undefined)
      return { role, key, convention: role === 'original' || role === 'direction' ? 'out-in' : undefined };
  }
  // LoRA adapters add the product of two small matrices to a weight.
  if (words.includes('lora')) return undefined;
  const word = [...words].reverse().find((one) => Object.hasOwn(WORDS, one));
  const letter = [...words].reverse().find((one) => Object.hasOwn(LETTERS, one));
  const found = word ?? letter;
  if (found !== undefined) {
    const key = words.filter((one) => one !== found && !(word !== undefined && Object.hasOwn(LETTERS, one))).join('.');
    return { role: WORDS[found] ?? LETTERS[found]!, key, convention: CONVENTIONS[found] };
  }
  const short = SHORT.exec(words[0] ?? '');
  if (!short) return undefined;
  const [, initial, place] = short as unknown as [string, string, string];
  return { role: LETTERS[initial]!, key: [place, ...words.slice(1)].join('.'), convention: undefined };
}
