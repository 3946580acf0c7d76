// Images of the dataset as the trainer sends them to the page. Pixels are bytes, 0 background to 255 ink.
import type { BrowseRequest } from './data-arguments';
import type { DatasetInfo } from './dataset';

/** A dataset that was opened: all test images, so that a mistake needs only its index, and a few training images. */
export interface OpenedDataset {
  dataset: DatasetInfo;
  /** [testCount, rows × columns] */
  testImages: Uint8Array;
  testLabels: Uint16Array;
  /** Training images, a few of each class: [samples, rows × columns], in the order of the classes. */
  samples: Uint8Array;
  sampleLabels: Uint16Array;
  /** The mean of each class's training images, rounded: [classes, rows × columns]. */
  meanImages: Uint8Array;
}

/** A page of images of one set and class, in the order of the file. */
export interface BrowsedPage {
  request: BrowseRequest;
  /** How many images the set has of this class. */
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
  /** The unchanged images: [indices, rows × columns]. */
  originals: Uint8Array;
  /** [indices, rows × columns] */
  pixels: Uint8Array;
}

/** The training images most similar to a test image: those at the smallest distance between their pixels. */
export interface NearestImages {
  /** Position of the test image, from 0. */
  image: number;
  /** Positions in the training set, nearest first. */
  indices: Uint32Array;
  labels: Uint16Array;
  /** Euclidean, of pixels scaled to 0 to 1. */
  distances: Float32Array;
  /** [indices, rows × columns] */
  pixels: Uint8Array;
}
