// Half precision, for which JavaScript has no arrays yet.

/** Decodes 1 bit of sign, 5 bits of exponent (bias 15) and 10 bits of mantissa (IEEE 754-2019, table 3.5). */
export function fromFloat16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const mantissa = bits & 0x3ff;
  if (exponent === 0x1f) return mantissa === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * mantissa * 2 ** -24 : sign * (1 + mantissa / 1024) * 2 ** (exponent - 15);
}
