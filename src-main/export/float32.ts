// float32 numbers as bytes and as text: how the export formats write them.
import { StudioError } from '../../src-shared/errors';

/** Little-endian, whatever the processor's own order is. */
export function float32Bytes(values: Float32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  values.forEach((value, i) => view.setFloat32(4 * i, value, true));
  return new Uint8Array(view.buffer);
}

/**
 * With nine significant digits, which give back every float32 exactly (IEEE 754-2019, 5.12.2), without zeros at the end.
 * Throws export-failed where a number is none.
 */
export function float32Text(value: number): string {
  if (!Number.isFinite(value)) {
    throw new StudioError('export-failed', `A weight of this network is ${value}, which has no digits. Please train with a smaller learning rate, or export as .npz.`);
  }
  return Object.is(value, -0) ? '-0' : String(Number(value.toPrecision(9)));
}
