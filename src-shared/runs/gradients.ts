// Gradients as the page shows them.

/**
 * The gradient of a batch's loss before weight decay and clipping: that of the next batch, or of the last one if the
 * epoch is finished.
 */
export interface Gradients {
  /** Epochs trained, with their fraction. */
  epochs: number;
  layers: LayerGradient[];
}

export interface LayerGradient {
  /** Length (L2) of the gradient of all weights and biases of the layer. */
  norm: number;
  /**
   * How many weights have a gradient in each of equal bins from −limit to +limit. The outermost bins count what lies
   * beyond. Of a large layer, only a sample of the weights is counted.
   */
  histogram: Uint32Array;
  limit: number;
}
