// The weights of a network as they cross processes and lie in files.

/** One layer as PyTorch and the export formats lay it out. */
export interface LayerWeights {
  /** [out, in], row by row */
  weight: Float32Array;
  /** [out] */
  bias: Float32Array;
  inputs: number;
  outputs: number;
}

/** One layer in the run's own precision. */
export type LayerState = Omit<LayerWeights, 'weight' | 'bias'> & {
  weight: Float32Array | Float64Array;
  bias: Float32Array | Float64Array;
};

/** All weights at one moment of a run. */
export interface Network {
  /** Epochs trained so far, with their fraction: 2.5 is the middle of the third. */
  epochs: number;
  layers: LayerWeights[];
}

/** The units of each layer, from the pixels to the classes. @param layers at least one */
export function sizesOf(layers: readonly { inputs: number; outputs: number }[]): number[] {
  return [layers[0]!.inputs, ...layers.map(({ outputs }) => outputs)];
}
