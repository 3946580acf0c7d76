// Splits the numbers of a network's layers into chunks of a few megabytes, and assembles the layers from them.
import type { LayerWeights } from '../../src-shared/networks/layers';

/** Numbers in a chunk: 4 MB, which are copied in a few milliseconds. */
const CHUNK = 1 << 20;

/** Copies of the numbers: weight and bias of the first layer, of the second, … */
export function* numbersOf(layers: readonly LayerWeights[], chunk = CHUNK): Generator<Float32Array> {
  for (const { weight, bias } of layers) {
    for (const values of [weight, bias]) {
      // A copy: a view would send its whole buffer.
      for (let at = 0; at < values.length; at += chunk) yield values.slice(at, at + chunk);
    }
  }
}

/** Assembles layers from chunks, which must arrive in order. */
export class LayersInChunks {
  private readonly layers: LayerWeights[];
  /** Weights and biases that are not complete. The next chunk goes to the first of them, at this position. */
  private readonly incomplete: Float32Array[];
  private at = 0;

  /**
   * @param sizes units of every layer, from the pixels to the classes. Throws RangeError if memory is too small for the
   * weights
   */
  constructor(sizes: readonly number[]) {
    this.layers = sizes.slice(1).map((outputs, k) => {
      const inputs = sizes[k]!;
      return { weight: new Float32Array(inputs * outputs), bias: new Float32Array(outputs), inputs, outputs };
    });
    this.incomplete = this.layers.flatMap(({ weight, bias }) => [weight, bias]);
  }

  /** @returns the layers after the last chunk. Throws RangeError if a chunk does not fit. */
  take(chunk: Float32Array): LayerWeights[] | undefined {
    const [values] = this.incomplete;
    if (!values) throw new RangeError('There are more numbers than the layers have.');
    values.set(chunk, this.at);
    this.at += chunk.length;
    if (this.at === values.length) {
      this.incomplete.shift();
      this.at = 0;
    }
    return this.incomplete.length === 0 ? this.layers : undefined;
  }
}
