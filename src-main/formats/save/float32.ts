// float32 numbers as bytes and as text, as the export formats write them.
import type { LayerWeights } from '../../../src-shared/networks/layers';
import { StudioError } from '../../../src-shared/errors';

export const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Little-endian on every processor. On a little-endian one this is a view, so that a large network is not copied. */
export function float32Bytes(values: Float32Array): Uint8Array {
  if (IS_LITTLE_ENDIAN) return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const view = new DataView(new ArrayBuffer(values.length * 4));
  values.forEach((value, i) => view.setFloat32(4 * i, value, true));
  return new Uint8Array(view.buffer);
}

/**
 * Nine significant digits, which identify every float32 exactly (IEEE 754-2019, 5.12.2), without trailing zeros.
 * Throws export-failed if the value is NaN or infinite.
 */
export function float32Text(value: number): string {
  if (!Number.isFinite(value)) {
    throw new StudioError(
      'export-failed',
      `A weight of this network is ${value}, which this format cannot store. Please train with a smaller learning ` +
        'rate, or export as .npz.',
    );
  }
  return Object.is(value, -0) ? '-0' : String(Number(value.toPrecision(9)));
}

/** Counts all weights and biases. */
export function countNumbers(layers: readonly LayerWeights[]): number {
  return layers.reduce((sum, { weight, bias }) => sum + weight.length + bias.length, 0);
}
