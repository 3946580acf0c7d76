// What goes wrong in a run, as far as its numbers say so without doubt, and what would help: one sentence and one
// action. Silent when unsure. The thresholds were set with the recorded runs in test/fixtures/advice. Pure.
import type { Settings } from '../../src-shared/settings/settings';
import { shortRate } from '../settings';
import { formatCount, formatFixed, formatPercent } from '../ui/format';
import type { RunFacts } from './run-facts';

export type AdviceId = 'diverged' | 'stuck' | 'vanishing' | 'never' | 'dead' | 'unsteady' | 'slow' | 'memorizes';

export interface Advice {
  id: AdviceId;
  /** What is seen, and why. */
  says: string;
  /** The settings that help, and the label of the button that sets them. */
  label: string;
  fields: Partial<Settings>;
}

/** A learning rate with which each optimizer learns images of this size; larger and smaller ones can be right too. */
const USUAL_RATES: Readonly<Record<string, number>> = {
  sgd: 0.1,
  momentum: 0.02,
  nesterov: 0.02,
  rmsprop: 0.001,
  adam: 0.002,
  adamw: 0.002,
};

/** Good runs have up to a tenth, because the units that an image needs vary; steps ten times too large nine tenths. */
const DEAD_SHARE = 0.5;
/** Of fewer, half can be dead by chance. */
const FEWEST_UNITS = 16;

/** The worst that can be said of the run after its newest epoch. */
export function adviceFor(facts: RunFacts): Advice | undefined {
  return RULES.reduce<Advice | undefined>((found, rule) => found ?? rule(facts), undefined);
}

const RULES: readonly ((facts: RunFacts) => Advice | undefined)[] = [
  diverged,
  dead,
  stuck,
  neverPredicted,
  unsteady,
  slow,
  memorizes,
];

function usualRate({ optimizer }: Settings): number {
  return USUAL_RATES[optimizer] ?? 0.1;
}

/** Sets a learning rate that is smaller than the present one, or larger. */
function setRate(rate: number): Pick<Advice, 'label' | 'fields'> {
  const learningRate = Number(rate.toPrecision(1));
  return { label: `Set the learning rate to ${shortRate(learningRate)}`, fields: { learningRate } };
}

const smallerRate = (settings: Settings) => setRate(Math.min(usualRate(settings), settings.learningRate / 5));

function diverged({ failure, settings }: RunFacts): Advice | undefined {
  if (failure !== 'training-diverged') return undefined;
  return {
    id: 'diverged',
    says: `Steps of ${shortRate(settings.learningRate)} were so large that the loss grew beyond all numbers.`,
    ...smallerRate(settings),
  };
}

/** The loss of a network that gives each class the same probability. */
function lossOfGuessing({ classes }: RunFacts): number {
  return Math.log(Math.max(2, classes.length));
}

function shareOfGuessing({ classes }: RunFacts): number {
  return Math.max(...classes.map(({ actual }) => actual));
}

/** The loss does not fall below that of guessing. */
function stuck(facts: RunFacts): Advice | undefined {
  const { settings, results } = facts;
  const [before, last] = results.slice(-2);
  if (!before || !last) return undefined;
  const guessing = lossOfGuessing(facts);
  const fell = last.trainLoss < before.trainLoss * 0.98;
  if (fell || last.trainLoss < 0.9 * guessing || last.trainAccuracy > 2.5 * shareOfGuessing(facts)) return undefined;
  const seen = `After ${last.epoch} epochs it still guesses: ${formatPercent(last.testAccuracy)} are right.`;
  const saturates = settings.activation === 'sigmoid' || settings.activation === 'tanh';
  if (saturates && settings.hidden.length > 1 && settings.learningRate <= 10 * usualRate(settings)) {
    return {
      id: 'vanishing',
      says: `${seen} So many ${settings.activation} layers leave the first ones next to no gradient.`,
      label: 'Use ReLU',
      fields: { activation: 'relu', initialisation: 'he' },
    };
  }
  if (settings.learningRate <= usualRate(settings)) return undefined;
  return { id: 'stuck', says: `${seen} Its steps are too large to find a way down.`, ...smallerRate(settings) };
}

/** Units that respond to no image have no gradient, so they stay as they are. */
function dead({ dead: share, settings, results }: RunFacts): Advice | undefined {
  const units = settings.hidden[0] ?? 0;
  if (share < DEAD_SHARE || units < FEWEST_UNITS || results.length === 0) return undefined;
  const large = settings.learningRate > usualRate(settings);
  return {
    id: 'dead',
    says:
      `About ${formatCount(Math.round(share * units))} of ${formatCount(units)} units of the first layer respond ` +
      'to no image: too large steps have switched them off for good.',
    ...(large ? smallerRate(settings) : { label: 'Use Leaky ReLU', fields: { activation: 'leaky-relu' } as const }),
  };
}

/** A class that is never predicted, by a network that knows others. */
function neverPredicted(facts: RunFacts): Advice | undefined {
  const { classes, results, settings } = facts;
  const last = results.at(-1);
  if (!last || last.epoch < 2 || last.testAccuracy < 2 * shareOfGuessing(facts)) return undefined;
  const missing = classes.filter(({ actual, predicted }) => predicted === 0 && actual > 0.3 / classes.length).length;
  const narrow = Math.min(...settings.hidden);
  if (missing === 0 || !(narrow < classes.length)) return undefined;
  return {
    id: 'never',
    says:
      `${missing === 1 ? 'One class is' : `${missing} classes are`} never predicted: ${narrow} ` +
      `${narrow === 1 ? 'unit is' : 'units are'} too few to tell ${classes.length} classes apart.`,
    label: 'Use 64 units',
    fields: { hidden: settings.hidden.map((units) => Math.max(units, 64)) },
  };
}

/** The loss jumps up and down instead of falling, or the network is very sure of wrong answers. */
function unsteady(facts: RunFacts): Advice | undefined {
  const { settings, results } = facts;
  const [first, , last] = results.slice(-3);
  const newest = results.at(-1);
  const times = settings.learningRate / usualRate(settings);
  if (!newest || newest.epoch < 2 || times <= 1.5) return undefined;
  const high = newest.trainLoss > 0.2 * lossOfGuessing(facts);
  const falls = !first || !last || last.trainLoss < 0.97 * first.trainLoss;
  const absurd = times > 5 && newest.trainLoss > 0.5 * lossOfGuessing(facts);
  if (!(absurd || (high && !falls))) return undefined;
  const seen = absurd ? `is still ${formatFixed(newest.trainLoss, 2)}` : 'still jumps up and down';
  return {
    id: 'unsteady',
    says: `After ${newest.epoch} epochs the training loss ${seen}: its steps are too large to settle.`,
    ...smallerRate(settings),
  };
}

/** It learns, but at a pace at which it would take many times as many epochs. */
function slow(facts: RunFacts): Advice | undefined {
  const { settings, results } = facts;
  const [before, last] = results.slice(-2);
  const effective = settings.learningRate / (settings.gradientDivisions === 2 ? settings.batchSize : 1);
  if (!before || !last || effective > usualRate(settings) / 5) return undefined;
  if (last.trainLoss < 0.25 * lossOfGuessing(facts) || last.trainLoss > before.trainLoss) return undefined;
  const rate = setRate(Math.max(usualRate(settings), settings.learningRate));
  return {
    id: 'slow',
    says:
      `It learns, but in very small steps: after ${last.epoch} epochs ` +
      `${formatPercent(last.testAccuracy)} are right.`,
    ...rate,
    ...(settings.gradientDivisions === 2 && {
      label: 'Take full steps',
      fields: { ...rate.fields, gradientDivisions: 1 },
    }),
  };
}

/** Epochs for which the test loss must have been above its best. */
const RISING_EPOCHS = 3;

/** The training images are known by heart, and the loss on the test images rises. */
function memorizes({ settings, results }: RunFacts): Advice | undefined {
  const last = results.at(-1);
  if (!last || last.trainAccuracy < 0.99 || settings.patience > 0) return undefined;
  const best = results.reduce((one, other) => (other.testLoss < one.testLoss ? other : one));
  if (last.epoch - best.epoch < RISING_EPOCHS || last.testLoss < 1.15 * best.testLoss) return undefined;
  const seen = `Training ${formatPercent(last.trainAccuracy)}, test ${formatPercent(last.testAccuracy)}`;
  const says = `${seen}, and the test loss has risen since epoch ${best.epoch}: it memorizes its images.`;
  return settings.dropout < 0.2
    ? { id: 'memorizes', says, label: 'Add dropout 0.25', fields: { dropout: 0.25 } }
    : { id: 'memorizes', says, label: 'Shift and rotate the images', fields: { shift: 2, rotation: 10 } };
}
