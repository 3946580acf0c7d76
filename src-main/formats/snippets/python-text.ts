/** A text in Python: its escapes are those of JSON. */
export function pythonText(value: string): string {
  return JSON.stringify(value);
}
