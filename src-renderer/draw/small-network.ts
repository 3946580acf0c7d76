// The network that comes with the app, which build/small-network.mjs trains and packs: unpacked for the page.
import type { LayerWeights } from '../../src-shared/networks/layers';

export interface SmallNetwork {
  /** One layer of hidden ReLU units, and the classes. */
  layers: LayerWeights[];
  /** Share of the MNIST test images that it classifies correctly. */
  accuracy: number;
}

/** Float32 numbers before those of the layers: inputs, hidden units, classes, accuracy. */
const HEADER = 4;

/** @param bytes as build/pack-network.mjs writes them */
export function unpackNetwork(bytes: ArrayBuffer): SmallNetwork {
  const [inputs = 0, hidden = 0, classes = 0, accuracy = 0] = new Float32Array(bytes, 0, HEADER);
  const sizes = [inputs, hidden, classes];
  let numberAt = HEADER;
  let weightAt = 4 * (HEADER + 2 * (hidden + classes));
  const layers = sizes.slice(1).map((outputs, k): LayerWeights => {
    const width = sizes[k]!;
    const scales = new Float32Array(bytes, 4 * numberAt, outputs);
    const bias = new Float32Array(bytes, 4 * (numberAt + outputs), outputs);
    const packed = new Int8Array(bytes, weightAt, outputs * width);
    numberAt += 2 * outputs;
    weightAt += packed.length;
    const weight = Float32Array.from(packed, (value, at) => value * scales[Math.floor(at / width)]!);
    return { weight, bias, inputs: width, outputs };
  });
  return { layers, accuracy };
}

let loaded: Promise<SmallNetwork> | undefined;

/** Fetches it once, when the page has time: what a person sees first does not wait for it. */
export function loadSmallNetwork(): Promise<SmallNetwork> {
  loaded ??= new Promise((resolve) => requestIdleCallback(resolve))
    .then(() => fetch('small-network.bin'))
    .then((answer) => answer.arrayBuffer())
    .then(unpackNetwork);
  return loaded;
}
