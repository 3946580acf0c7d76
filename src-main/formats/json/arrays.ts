// Finds the arrays in JSON: lists of numbers and lists of such lists, each named by its path, such as params.W1.
import { once, type FileArray } from '../arrays/file-array';
import { refusal } from '../open/imported-network';

export type JsonObject = Record<string, unknown>;

const DEEPEST = 8;
const MAX_ARRAYS = 1000;

/** Ignores texts, and numbers that are nested in a list or an object. Throws file-unreadable. */
export function arraysOfJson(value: JsonObject, file: string): FileArray[] {
  const arrays: FileArray[] = [];
  const collect = (name: string, part: unknown, depth: number): void => {
    if (arrays.length > MAX_ARRAYS || depth > DEEPEST)
      throw refusal(file, 'it contains more lists, or more deeply nested ones, than a network has');
    const shape = shapeOf(part, DEEPEST);
    // A number at the top level, such as "mean": 0.1307.
    const isNumber = shape?.length === 0 && depth === 1;
    if (shape && (isNumber || shape.length > 0) && shape.length <= 2) arrays.push(arrayOf(name, shape, part, file));
    else if (typeof part === 'object' && part !== null) {
      // A list of arrays, such as one weight for each layer.
      for (const [key, child] of Object.entries(part)) collect(name === '' ? key : `${name}.${key}`, child, depth + 1);
    }
  };
  collect('', value, 0);
  return arrays;
}

/** @returns undefined if the value is not an array of numbers whose rows have the same length */
function shapeOf(value: unknown, deepest: number): number[] | undefined {
  if (typeof value === 'number') return [];
  if (!Array.isArray(value) || value.length === 0 || deepest === 0) return undefined;
  // A fast path: it avoids a list with the shape of each number.
  if (typeof value[0] === 'number') return value.every((part) => typeof part === 'number') ? [value.length] : undefined;
  const [first, ...rest] = value.map((part) => shapeOf(part, deepest - 1));
  if (!first || rest.some((shape) => shape?.join() !== first.join())) return undefined;
  return [value.length, ...first];
}

function arrayOf(name: string, shape: number[], value: unknown, file: string): FileArray {
  const numbers = once(() => {
    const list = shape.length === 0 ? [value] : shape.length === 1 ? value : (value as number[][]).flat();
    const values = new Float32Array(list as number[]);
    if (!values.every(Number.isFinite)) throw refusal(file, `“${name}” contains a number too large for float32`);
    return values;
  });
  return { name, shape, type: 'numbers', kind: 'float', numbers };
}
