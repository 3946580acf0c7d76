// The terms of the glossary, two sentences each, in the order in which a learner meets them. Their pictures are in
// pictures.svg.

export const GLOSSARY = [
  {
    id: 'loss',
    term: 'Loss',
    says:
      'One number for how wrong the network is: small when it gives the right class a high probability, large ' +
      'when it is sure of a wrong one. Training does nothing but make it smaller.',
  },
  {
    id: 'accuracy',
    term: 'Accuracy',
    says:
      'The share of images whose most probable class is their label. It moves in whole images, so the loss often ' +
      'shows progress before the accuracy does.',
  },
  {
    id: 'gradient',
    term: 'Gradient',
    says:
      'For each weight the slope of the loss: which way it rises, and how steeply. Each update takes a small ' +
      'step the other way, downhill.',
  },
  {
    id: 'learning-rate',
    term: 'Learning rate',
    says:
      'How long the step downhill is. Too short and learning crawls; too long and it jumps over the valley that ' +
      'it should reach.',
  },
  {
    id: 'momentum',
    term: 'Momentum',
    says:
      'Each step keeps a share of the one before, like a ball that rolls on. Steps in one direction add up, and ' +
      'those to and fro cancel out.',
  },
  {
    id: 'optimizer',
    term: 'Optimizer',
    says:
      'The rule that turns gradients into steps. SGD takes them as they are, and Adam gives each weight a step ' +
      'length of its own.',
  },
  {
    id: 'batch',
    term: 'Batch',
    says:
      'The few images whose gradients are averaged for one update. Larger batches give a steadier direction and ' +
      'fewer updates an epoch.',
  },
  {
    id: 'epoch',
    term: 'Epoch',
    says:
      'One pass over all training images, each once and in a new order. After every epoch the network is tested ' +
      'on images that it was not trained with.',
  },
  {
    id: 'layer',
    term: 'Layer',
    says:
      'Units side by side that all look at the same numbers: the pixels, or what the layer before them has computed. ' +
      'Layers between the pixels and the answer are called hidden.',
  },
  {
    id: 'weight',
    term: 'Weight',
    says:
      'A number on the line between two units: by how much the one speaks for the other, or against it if it ' +
      'is negative. All that a network has learned is in its weights and biases.',
  },
  {
    id: 'bias',
    term: 'Bias',
    says: 'A number that each unit adds to its sum. It sets how much must speak for the unit before it answers.',
  },
  {
    id: 'activation',
    term: 'Activation',
    says:
      'The function that a unit applies to its sum: ReLU, for one, lets nothing below zero through. Without this ' +
      'non-linearity, many layers could do no more than one.',
  },
  {
    id: 'softmax',
    term: 'Softmax',
    says:
      'Turns the last layer’s numbers into probabilities that add up to 1. A number that is larger by 1 becomes ' +
      'a probability about 2.7 times as large.',
  },
  {
    id: 'overfitting',
    term: 'Overfitting',
    says:
      'The network learns its training images by heart instead of what they have in common. Its training loss ' +
      'still falls while the loss on other images rises.',
  },
  {
    id: 'dropout',
    term: 'Dropout',
    says:
      'In training, units are silenced at random, others in each batch. So no unit can rely on one other, which ' +
      'works against overfitting.',
  },
  {
    id: 'validation',
    term: 'Validation',
    says:
      'Training images that are held back to evaluate the network while settings are chosen. So the test images ' +
      'stay unseen until the end.',
  },
  {
    id: 'precision-recall',
    term: 'Precision and recall',
    says:
      'Precision is the share of the images predicted as a class that belong to it. Recall is the share of a ' +
      'class’s images that are found.',
  },
  {
    id: 'seed',
    term: 'Seed',
    says:
      'The number from which all that is random in a run follows: the first weights and the order of the images. The ' +
      'same seed gives the same run, and other seeds show how much is luck.',
  },
] as const;

export type TermId = (typeof GLOSSARY)[number]['id'];
