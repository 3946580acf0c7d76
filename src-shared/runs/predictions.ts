// What a network computes for the test images.

/** What the network predicts for every test image, in the order of the test set. */
export interface TestPredictions {
  /** Class numbers. */
  predicted: Uint16Array;
  /** Probability of the predicted class, 0 to 1. */
  confidence: Float32Array;
  /** [testCount, classes], 0 to 1; empty if there are predictions of a later epoch. */
  probabilities: Float32Array;
}

/** A layer's activations for the test images; for the last layer, the probabilities. */
export interface TestActivations {
  /** Epochs trained, with their fraction. */
  epochs: number;
  /** 0 for the first. */
  layer: number;
  units: number;
  /** [images, units], for the first images of the test set: as many as fit into 64 MB. */
  values: Float32Array;
}
