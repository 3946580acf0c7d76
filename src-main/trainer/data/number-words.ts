// Formats numbers for sentences: “1,234 bytes”.

export function inWords(number: number): string {
  return number.toLocaleString('en-US');
}

export function bytesInWords(count: number): string {
  return `${inWords(count)} bytes`;
}
