// Sorts the arrays of a file into weights, statistics of the pixels, and arrays to ignore. Every array is accounted
// for.
import { countOf, refusal } from '../open/imported-network';
import { roleOf, wordsOf, type NamedRole } from './array-roles';
import { inWords, listed, type FileArray } from './file-array';

export interface Part extends NamedRole {
  array: FileArray;
}

export interface Sorted {
  parts: Part[];
  /** Arrays without a name, in order: arr_0, arr_1, … */
  unnamed: FileArray[];
  mean: FileArray | undefined;
  deviation: FileArray | undefined;
  ignored: string[];
}

/** Optimizer states, which exist for each weight. */
const OF_OPTIMIZER =
  /(?:^|\.)(?:optimizer|optim|opt|adam|grads?|gradients?|velocity|velocities|moments?|momentum|exp\.avg)(?:\.|$)/;
/** Prefixes and suffixes that mark moments and gradients of the weights. */
const MOMENTS = ['m', 'v', 's', 'd', 'vd', 'sd', 'md', 'grad'];
const BOOKKEEPING = new Set(
  (
    'epoch epochs step steps iter iters iteration iterations lr rate averaged tracked history loss losses acc ' +
    'accs accuracy accuracies cost costs error errors ' +
    'metric metrics score scores classes class label labels names sizes size dims units seed rng random state ' +
    'version config args time decay dropout batch best ' +
    'patience train test val valid validation predictions pred confusion'
  ).split(' '),
);
/** Integer types, as NumPy and safetensors name them. */
const QUANTIZED = /^u?int[48]$|^[iu][48]$/i;
/** Results, which may have two dimensions like weights. */
const TABLE = /(?:^|\.)confusion(?:\.|$)/;
/** Slopes of the hidden units, except under the names that are known for leaky ReLU. */
const SLOPE = /(?:^|\.)(?:prelu|alpha|slope)s?$/;
const KNOWN_SLOPE = /^(?:negative|leaky)\.slope$/;
const IMAGES = /^(?:x|y|images|labels)\.?(?:train|test|val|valid)?$|^(?:train|test|val)\.(?:x|y|images|labels|data)$/;
const MEAN = /^(?:(?:x|pixels?|input|train|data|norm(?:alize)?|image)\.)?(?:mean|mu)$/;
const DEVIATION = /^(?:(?:x|pixels?|input|train|data|norm(?:alize)?|image)\.)?(?:std|stdev|deviation|sigma|scale)$/;

/** Throws file-unreadable, with their names, if arrays are unknown or have a type that cannot be used. */
export function sortArrays(arrays: readonly FileArray[], file: string): Sorted {
  const sorted: Sorted = { parts: [], unnamed: [], mean: undefined, deviation: undefined, ignored: [] };
  const left: FileArray[] = [];
  const states = optimizerStates(arrays);
  const sides = new Set(
    arrays.filter(({ name, shape }) => shape.length === 2 && roleOf(name)).flatMap(({ shape }) => shape),
  );
  for (const array of arrays) {
    const words = wordsOf(array.name).join('.');
    const role = roleOf(array.name);
    if (array.kind === 'objects' && !isBookkeeping(words)) throw objectsRefusal(array, file);
    if (OF_OPTIMIZER.test(words) || states.has(array.name)) sorted.ignored.push(array.name);
    else if (MEAN.test(words) && array.kind === 'float') sorted.mean = array;
    else if (DEVIATION.test(words) && array.kind === 'float') sorted.deviation = array;
    else if (/^arr\.\d+$/.test(words) && array.kind === 'float') sorted.unnamed.push(array);
    else if (role && array.shape.length > 0 && array.kind !== 'text')
      sorted.parts.push({ ...role, array: usable(array, role, file) });
    else if (isQuantizationParameter(words, array)) left.push(array);
    else if (isSlope(words, array)) throw slopeRefusal(array, file);
    else if (isIgnorable(words, array, sides)) sorted.ignored.push(array.name);
    else left.push(array);
  }
  refuseDatasets(arrays, sorted, file);
  if (left.length > 0) {
    throw refusal(
      file,
      `it also contains ${listed(left.map(inWords))}, which does not belong to a chain of linear layers: only ` +
        'weights and biases such as fc1.weight and fc1.bias, or W1 and b1, can be used',
    );
  }
  return sorted;
}

/** NumPy pickles lists of arrays with different shapes, and dictionaries. */
function objectsRefusal({ name }: FileArray, file: string): Error {
  const line =
    'numpy.savez("network.npz", **{f"W{k}": w for k, w in enumerate(weights, 1)}, **{f"b{k}": b for k, b in ' +
    'enumerate(biases, 1)})';
  const advice =
    `Please save each array under a name of its own: ${line}, or numpy.savez("network.npz", **params) for a ` +
    'dictionary.';
  return refusal(file, `its array “${name}” holds Python objects, which could be programs and are not opened`, advice);
}

/** A scale or zero point turns integers into weights. What it does to floats is unknown. */
function isQuantizationParameter(words: string, { kind }: FileArray): boolean {
  return kind === 'float' && /(?:^|\.)(?:scale|zero\.point)$/.test(words);
}

function isBookkeeping(words: string): boolean {
  return IMAGES.test(words) || words.split('.').some((word) => BOOKKEEPING.has(word)) || /^(?:j|t|hist)$/.test(words);
}

function isSlope(words: string, { kind, shape }: FileArray): boolean {
  return kind === 'float' && countOf(shape) === 1 && SLOPE.test(words) && !KNOWN_SLOPE.test(words);
}

function slopeRefusal({ name }: FileArray, file: string): Error {
  return refusal(
    file,
    `its array “${name}” seems to be a slope of its hidden units, which cannot be used under that name`,
    `Please leave it out, or save it as negative_slope beside the text activation “leaky_relu”.`,
  );
}

/** @param sides dimensions of the weights: an array with two of them could be a weight, whatever its name */
function isIgnorable(words: string, { kind, shape }: FileArray, sides: ReadonlySet<number>): boolean {
  const isSmall = shape.filter((side) => side > 1).length < 2;
  if (countOf(shape) <= 1 || kind === 'text' || IMAGES.test(words) || TABLE.test(words)) return true;
  if (isSmall) return kind === 'integer' || isBookkeeping(words);
  return isBookkeeping(words) && !shape.every((side) => sides.has(side));
}

/** The names of optimizer states such as mW1 or W1_v, which exist beside W1 and beside every other weight. */
function optimizerStates(arrays: readonly FileArray[]): Set<string> {
  const byName = new Map(arrays.map((array) => [array.name, array]));
  const ways = MOMENTS.flatMap((mark) =>
    ['', '.', '_'].flatMap((sign) => [(rest: string) => mark + sign + rest, (rest: string) => rest + sign + mark]),
  );
  const isBeside = ({ name, shape }: FileArray, other: string) =>
    roleOf(name) !== undefined && byName.get(other)?.shape.join() === shape.join();
  const found = ways.map((way) =>
    arrays.filter((array) => isBeside(array, way(array.name))).map(({ name }) => [name, way(name)] as const),
  );
  const marked = new Set(found.flat().map(([, name]) => name));
  const isState = (name: string) => marked.has(name) || OF_OPTIMIZER.test(wordsOf(name).join('.'));
  const weights = arrays.filter(({ name, shape }) => shape.length === 2 && roleOf(name) && !isState(name));
  const ofAll = found.filter((pairs) => weights.every(({ name }) => pairs.some(([rest]) => rest === name)));
  return new Set(ofAll.flat().map(([, name]) => name));
}

function usable(array: FileArray, { role }: NamedRole, file: string): FileArray {
  if (array.kind === 'float' || role === 'mask') return array;
  const type = array.kind === 'integer' ? `integers (${array.type})` : `numbers of the type ${array.type}`;
  const reason = QUANTIZED.test(array.type) ? ' (quantized weights cannot be used)' : '';
  throw refusal(file, `its array “${array.name}” holds ${type}: expected float16, float32 or float64${reason}`);
}

function refuseDatasets(arrays: readonly FileArray[], { parts, unnamed }: Sorted, file: string): void {
  const images = arrays.filter(({ name }) => IMAGES.test(wordsOf(name).join('.')));
  if (parts.length === 0 && unnamed.length === 0 && images.length > 0) {
    throw refusal(
      file,
      `it contains images (${listed(images.map(({ name }) => name))}), not a network: its folder can be opened as ` +
        'a dataset',
    );
  }
}
