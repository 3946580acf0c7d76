// Constants made into numbers of another type. What does not fit is refused: programs differ in what they make of it.
import type { Operation } from './operation';
import { constant, type Tensor } from './tensor';
import { isIntegerType } from './tensor-message';

const FLOAT16 = 10;
const BOOLEAN = 9;
/** Float32, float16, float64 and bfloat16. */
const FLOATS = [1, FLOAT16, 11, 16];
const LARGEST_FLOAT16 = 65_504;

interface Range {
  least: number;
  most: number;
}

/** By the number of the type. The ends of the widest are not exact: the numbers here are float64. */
const RANGES: Readonly<Record<number, Range>> = {
  2: { least: 0, most: 255 },
  3: { least: -128, most: 127 },
  4: { least: 0, most: 65_535 },
  5: { least: -32_768, most: 32_767 },
  6: { least: -(2 ** 31), most: 2 ** 31 - 1 },
  7: { least: -(2 ** 63), most: 2 ** 63 },
  12: { least: 0, most: 2 ** 32 - 1 },
  13: { least: 0, most: 2 ** 64 },
};
/** What all types of whole numbers hold. */
const ANY_RANGE = { least: 0, most: 127 };

/** @param type its number in ONNX's list */
export function castConstant(operation: Operation, tensor: Tensor, type: number): Tensor {
  if (type === BOOLEAN) {
    operation.take(tensor.values.length);
    return constant(
      tensor.shape,
      Float64Array.from(tensor.values, (value) => (value === 0 ? 0 : 1)),
      true,
    );
  }
  if (isIntegerType(type)) return toWholeNumbers(operation, tensor, RANGES[type]!);
  if (!FLOATS.includes(type))
    throw operation.refuse(`makes a constant into a type that cannot be used (number ${type} in ONNX's list)`);
  if (type === FLOAT16 && tensor.values.some((value) => Number.isFinite(value) && Math.abs(value) > LARGEST_FLOAT16)) {
    throw operation.refuse('makes a constant into float16, which cannot hold its numbers');
  }
  return { ...tensor, isInteger: false };
}

/** Where the type of the other value is known only as a kind. */
export function castLike(operation: Operation, tensor: Tensor, isInteger: boolean): Tensor {
  if (!isInteger) return { ...tensor, isInteger };
  return tensor.isInteger ? tensor : toWholeNumbers(operation, tensor, ANY_RANGE);
}

function toWholeNumbers(operation: Operation, { shape, values, isInteger }: Tensor, { least, most }: Range): Tensor {
  if (!isInteger) operation.take(values.length);
  const whole = isInteger ? values : Float64Array.from(values, Math.trunc);
  // NaN does not fit either.
  const fits = whole.every((value) => value >= least && value <= most);
  if (!fits) throw operation.refuse('makes a constant into whole numbers of a type that does not hold it');
  return constant(shape, whole, true);
}
