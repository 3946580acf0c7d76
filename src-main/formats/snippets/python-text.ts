// String literals of Python.

/** A Python string literal. JSON's escapes are valid in Python. */
export function pythonText(value: string): string {
  return JSON.stringify(value);
}
