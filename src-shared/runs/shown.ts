// What the trainer shows to the page: scores, curves, pictures, mistakes. The events that carry them are in
// contract.ts.
import type { BrowseRequest, LayerWeights } from '../contract';
import type { DatasetInfo } from '../data/dataset';

/** Mean loss and share of images read right (0 to 1). */
export interface Score {
  loss: number;
  accuracy: number;
}

export interface EpochResult {
  /** 1 for the first; 0: a network of a file, before any training. */
  epoch: number;
  trainLoss: number;
  trainAccuracy: number;
  testLoss: number;
  testAccuracy: number;
  /** undefined without a validation split */
  validation: Score | undefined;
  /** Of the last update of the epoch. */
  learningRate: number;
  /** Training and evaluation, without pauses. */
  seconds: number;
  /** Training images a second, evaluation and pauses left out. */
  imagesPerSecond: number;
}

/** The mean over the batches since the last point, at a fraction of epochs: 2.5 is the middle of the third. */
export interface TrainPoint extends Score {
  epochs: number;
  /** Of the last of them. */
  learningRate: number;
}

/**
 * First-layer weights as pictures: value = pixel / 127 × limit; what lies beyond ±limit is drawn at the end of the
 * scale.
 */
export interface WeightPictures {
  units: number;
  rows: number;
  columns: number;
  limit: number;
  /** [units, rows × columns] */
  pixels: Int8Array;
}

/** What the network makes of every test image, in the order of the test set. */
export interface TestPredictions {
  predicted: Uint16Array;
  /** Probability that the network gave its own answer, 0 to 1. */
  confidence: Float32Array;
  /** [testCount, classes], 0 to 1; empty where another epoch is newer */
  probabilities: Float32Array;
}

/** All weights at a moment. */
export interface Network {
  /** Epochs trained until then, with their fraction. */
  epochs: number;
  layers: LayerWeights[];
}

/** The first layer at the end of an epoch: 0 for the weights that training began with. */
export interface WeightFrame {
  epoch: number;
  pictures: WeightPictures;
}

/**
 * What comes out of a layer, after its activation, for the first of the test images, all if there is room; of the last
 * layer the probabilities.
 */
export interface TestActivations {
  /** Epochs trained, with their fraction. */
  epochs: number;
  /** 0 for the first. */
  layer: number;
  units: number;
  /** [images, units]: as many images as values go into 64 MB, at most the test set. */
  values: Float32Array;
}

/** The gradient of a batch's loss, of the next one wherever there is one left, before weight decay and clipping. */
export interface Gradients {
  /** Epochs trained, with their fraction. */
  epochs: number;
  layers: LayerGradient[];
}

export interface LayerGradient {
  /** Length (L2) of the gradient of all weights and biases of the layer. */
  norm: number;
  /**
   * How many weights have a gradient in each of equal parts of −limit to +limit; those beyond are in the outermost. Of
   * many weights a part is counted.
   */
  histogram: Uint32Array;
  limit: number;
}

/** Training images that look most like a test image: small distance between their pixels. */
export interface NearestImages {
  /** Position in the test set, from 0. */
  image: number;
  /** Positions in the training set, nearest first. */
  indices: Uint32Array;
  labels: Uint16Array;
  /** Euclidean, of pixels from 0 to 1. */
  distances: Float32Array;
  /** [indices, rows × columns] */
  pixels: Uint8Array;
}

export interface Progress {
  /** Epoch in flight, 1 for the first. */
  epoch: number;
  /** Batches done in this epoch, of batches; 2.5 in the middle of the third. */
  batch: number;
  batches: number;
  /** Of the next update. */
  learningRate: number;
  imagesPerSecond: number;
  secondsLeft: number;
  /** Memory of the trainer process, bytes. */
  memory: number;
}

/**
 * All of testImages and testLabels, so that a mistake needs only its index; a few training images of each class; its
 * mean.
 */
export interface DatasetShown {
  dataset: DatasetInfo;
  /** [testCount, rows × columns] */
  testImages: Uint8Array;
  testLabels: Uint16Array;
  /** [samples, rows × columns], in the order of the classes */
  samples: Uint8Array;
  sampleLabels: Uint16Array;
  /** Of the training images: [classes, rows × columns], rounded */
  meanImages: Uint8Array;
}

/** A page of images of one set and class, in the order of the file. */
export interface BrowsedPage {
  request: BrowseRequest;
  /** Images of the set and class in all. */
  total: number;
  /** Positions in the set, from 0. */
  indices: Uint32Array;
  labels: Uint16Array;
  /** [indices, rows × columns] */
  pixels: Uint8Array;
}

/** Training images as augmentation shows them to the network. */
export interface AugmentedImages {
  /** Positions in the training set, from 0. */
  indices: Uint32Array;
  /** As they are in the file: [indices, rows × columns] */
  originals: Uint8Array;
  /** [indices, rows × columns] */
  pixels: Uint8Array;
}

/** Early: the validation accuracy did not grow any more. */
export type FinishReason = 'completed' | 'stopped' | 'early';
