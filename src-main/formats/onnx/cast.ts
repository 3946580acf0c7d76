// Converts constants to another type. Values that do not fit are refused, because programs convert them differently.
import type { Operation } from './operation';
import { constant, type Tensor } from './tensor';
import { isIntegerType } from './tensor-message';

const FLOAT16 = 10;
const BOOLEAN = 9;
/** Float32, float16, float64 and bfloat16. */
const FLOATS = [1, FLOAT16, 11, 16];
const LARGEST_FLOAT16 = 65_504;

interface Range {
  min: number;
  max: number;
}

/** By the number of the type. The limits of the 64-bit types are rounded, because values here are float64. */
const RANGES: Readonly<Record<number, Range>> = {
  2: { min: 0, max: 255 },
  3: { min: -128, max: 127 },
  4: { min: 0, max: 65_535 },
  5: { min: -32_768, max: 32_767 },
  6: { min: -(2 ** 31), max: 2 ** 31 - 1 },
  7: { min: -(2 ** 63), max: 2 ** 63 },
  12: { min: 0, max: 2 ** 32 - 1 },
  13: { min: 0, max: 2 ** 64 },
};
/** The range that all integer types share. */
const ANY_RANGE = { min: 0, max: 127 };

/** @param type number of a TensorProto.DataType */
export function castConstant(operation: Operation, tensor: Tensor, type: number): Tensor {
  if (type === BOOLEAN) {
    operation.take(tensor.values.length);
    return constant(
      tensor.shape,
      Float64Array.from(tensor.values, (value) => (value === 0 ? 0 : 1)),
      true,
    );
  }
  if (isIntegerType(type)) return toIntegers(operation, tensor, RANGES[type]!);
  if (!FLOATS.includes(type))
    throw operation.refuse(`converts a constant to a type that cannot be used (number ${type} in ONNX's list)`);
  if (type === FLOAT16 && tensor.values.some((value) => Number.isFinite(value) && Math.abs(value) > LARGEST_FLOAT16)) {
    throw operation.refuse('converts a constant to float16, which cannot hold its values');
  }
  return { ...tensor, isInteger: false };
}

/** CastLike: of the other value, only whether it is an integer is known. */
export function castLike(operation: Operation, tensor: Tensor, isInteger: boolean): Tensor {
  if (!isInteger) return { ...tensor, isInteger };
  return tensor.isInteger ? tensor : toIntegers(operation, tensor, ANY_RANGE);
}

function toIntegers(operation: Operation, { shape, values, isInteger }: Tensor, { min, max }: Range): Tensor {
  if (!isInteger) operation.take(values.length);
  const whole = isInteger ? values : Float64Array.from(values, Math.trunc);
  // NaN does not fit either.
  const fits = whole.every((value) => value >= min && value <= max);
  if (!fits) throw operation.refuse('converts a constant to an integer type that cannot hold it');
  return constant(shape, whole, true);
}
