// What a node of a graph takes and returns: a constant, a function of the pixels, or something computed from the
// outputs of the last layer.
import type { Linear, Signal } from './signal';
import type { Tensor } from './tensor';

export type Value = Tensor | Signal | End;

/** Computed from the outputs of the last linear layer, such as a softmax or the predicted class. */
export interface End {
  kind: 'end';
  form: EndForm;
  /** The outputs of the last linear layer. */
  outputs: Signal & { source: Linear };
  /** Names of the classes. If undefined, the graph does not name them. */
  classes: string[] | undefined;
}

export type EndForm =
  /** The outputs plus a number that is the same for all classes, so that softmax gives the same probabilities. */
  | 'shifted'
  /** The exponentials of the outputs, up to a positive factor that is the same for all classes. */
  | 'proportional'
  /** One number for each class. Only their ranking is that of the outputs. */
  | 'ordered'
  /** One number for each image. */
  | 'number'
  /** One positive number for each image. */
  | 'positive'
  /** The index of the class with the largest output. */
  | 'class';
