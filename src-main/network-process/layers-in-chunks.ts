// The numbers of a network's layers as pieces of a few megabytes, and the layers out of them again.
import type { LayerWeights } from '../../src-shared/networks/layers';

/** Four megabytes: copied in a few milliseconds. */
const PIECE = 1 << 20;

/** Copies of the numbers: weight and bias of the first layer, of the second, … */
export function* numbersOf(layers: readonly LayerWeights[], piece = PIECE): Generator<Float32Array> {
  for (const { weight, bias } of layers) {
    for (const values of [weight, bias]) {
      // A view would bring all of its buffer along.
      for (let at = 0; at < values.length; at += piece) yield values.slice(at, at + piece);
    }
  }
}

/** Takes the pieces in their order. */
export class LayersInChunks {
  private readonly layers: LayerWeights[];
  /** Weights and biases that are not yet full, and where the next piece goes in the first of them. */
  private readonly open: Float32Array[];
  private at = 0;

  /**
   * @param sizes units of every layer, from the pixels to the classes. Throws RangeError if there is no memory for so
   * many weights
   */
  constructor(sizes: readonly number[]) {
    this.layers = sizes.slice(1).map((outputs, k) => {
      const inputs = sizes[k]!;
      return { weight: new Float32Array(inputs * outputs), bias: new Float32Array(outputs), inputs, outputs };
    });
    this.open = this.layers.flatMap(({ weight, bias }) => [weight, bias]);
  }

  /** @returns the layers with the last piece. Throws RangeError where a piece does not fit. */
  take(piece: Float32Array): LayerWeights[] | undefined {
    const [values] = this.open;
    if (!values) throw new RangeError('More numbers came than the layers have.');
    values.set(piece, this.at);
    this.at += piece.length;
    if (this.at === values.length) {
      this.open.shift();
      this.at = 0;
    }
    return this.open.length === 0 ? this.layers : undefined;
  }
}
