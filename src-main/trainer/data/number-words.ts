// Numbers as sentences to a person write them.

export function inWords(number: number): string {
  return number.toLocaleString('en-US');
}

export function bytesInWords(count: number): string {
  return `${inWords(count)} bytes`;
}
