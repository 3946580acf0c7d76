// Access to the values of a Keras configuration, whose types are unknown.

export type Config = Record<string, unknown>;

const DEEPEST_LIST = 4;

/** Anything that is not an object becomes an empty one. */
export function asObject(value: unknown): Config {
  return typeof value === 'object' && value !== null ? (value as Config) : {};
}

/**
 * A number becomes a list of one, and nested lists are flattened. Numbers of TensorFlow and NumPy are objects with a
 * value.
 * @returns undefined for other values
 */
export function asNumbers(value: unknown): number[] | undefined {
  if (typeof value === 'number') return [value];
  const list = asArray(value) ?? asArray(asObject(asObject(value)['config'])['value']);
  const numbers = list?.flat(DEEPEST_LIST);
  return numbers?.every((entry): entry is number => typeof entry === 'number') ? numbers : undefined;
}

export function asArray(value: unknown): unknown[] | undefined {
  return Array.isArray(value) ? (value as unknown[]) : undefined;
}
