// Combines the content of a file with the user's answers into a network that takes pixels from 0 to 1, or into a
// question.
import { type LayerWeights, sizesOf } from '../../../src-shared/networks/layers';
import type { ActivationChoice, NetworkAnswers, NetworkQuestion } from '../../../src-shared/networks/network-files';
import {
  isSameScaling,
  MNIST_PIXELS,
  RAW_PIXELS,
  scalingInWords,
  SIGNED_PIXELS,
  UNIT_PIXELS,
  type PixelScaling,
} from '../../../src-shared/networks/pixel-scaling';
import { percent } from '../../../src-shared/percent';
import type { Activation } from '../../../src-shared/settings/settings';
import { CHOICE_FIELDS } from '../../../src-shared/settings/settings-fields';
import { chooseOrder } from './choose-order';
import { bestOf } from './compare-attempts';
import { checkFitsDataset, misfit } from './fit';
import { foldPixels } from './fold-pixels';
import { refusal, type ImportedNetwork, type NetworkFile, type Source } from './imported-network';
import { choiceOf } from './network-choice';
import { tryNetwork, type Attempt, type Hidden, type Trial } from './trial';

export type Resolved = { kind: 'network'; network: ImportedNetwork } | NetworkQuestion;

/** PyTorch's default, and those of well-known examples. */
const LEAKY_SLOPES = [0.01, 0.1, 0.2, 0.3];
const ACTIVATIONS = Object.keys(CHOICE_FIELDS.activation.options) as Activation[];

/**
 * The file takes precedence over the answers. Throws sizes-differ, file-unreadable.
 * @param name of the file, for error messages
 */
export function resolveNetwork(file: NetworkFile, name: string, answers: NetworkAnswers, trial: Trial): Resolved {
  const candidates = fittingCandidates(file, name, trial).filter(
    ({ pixelStatistics }) => !answers.pixels || pixelStatistics !== 'used',
  );
  const known = file.activation ?? answers.activation;
  const activations = known === undefined ? ACTIVATIONS : [known];
  const hiddens = activations.flatMap((activation) => hiddensOf(activation, file.leakySlope ?? answers.leakySlope));
  const scalings = scalingsOf(file, answers, trial);

  const { candidate, layers, order, notes } = chooseOrder(candidates, hiddens, scalings, trial, name);
  const isOpen = hiddens.length > 1 || scalings.length > 1;
  const attempts = isOpen ? tryNetwork(layers, hiddens, scalings, trial) : [];
  const choices = activations.map((activation) => {
    const own = attempts.filter(({ hidden }) => hidden.activation === activation);
    return choiceOf(
      hiddens.filter((hidden) => hidden.activation === activation),
      file.pixelsAreHint ? leastLossFirst(scalings, own) : scalings,
      own,
      trial.dataset.classNames.length,
    );
  });
  const [choice] = choices as [ActivationChoice];
  if (known === undefined || choice.asksSlope || (choice.asksPixels && !file.pixelsAreHint)) {
    return {
      kind: 'question',
      file: name,
      sizes: sizesOf(layers),
      asksActivation: known === undefined,
      choices,
      images: attempts[0]?.isCorrect.length ?? 0,
    };
  }
  const { leakySlope, pixels } = choice.suggested;
  return {
    kind: 'network',
    network: {
      imageShape: file.imageShape,
      classNames: file.classNames,
      settings: file.settings,
      metadata: file.metadata,
      layers: folded(layers, pixels!, name),
      activation: known,
      activationFrom: file.activation ? 'file' : 'answer',
      leakySlope,
      leakySlopeFrom: leakySlope === undefined ? undefined : sourceOf(file.leakySlope, answers.leakySlope),
      pixels: pixels!,
      pixelsFrom:
        !answers.pixels && candidate.pixelStatistics === 'unused' ? 'assumed' : pixelsSource(file, answers, pixels!),
      order,
      notes: [...file.notes, ...notes, pixelNote(file, answers, choice)].filter((note) => note !== undefined),
    },
  };
}

/** The candidates that fit the dataset. Throws sizes-differ if none does. */
function fittingCandidates(
  { candidates, imageShape }: NetworkFile,
  name: string,
  { dataset }: Trial,
): NetworkFile['candidates'] {
  const fitting = candidates.filter(({ sizes }) => misfit({ sizes, imageShape }, dataset) === undefined);
  if (fitting.length === 0) checkFitsDataset({ sizes: candidates[0]!.sizes, imageShape }, dataset, name);
  return fitting;
}

function hiddensOf(activation: Activation, leakySlope: number | undefined): Hidden[] {
  if (activation !== 'leaky-relu') return [{ activation, leakySlope: undefined }];
  const slopes = leakySlope === undefined ? LEAKY_SLOPES : [leakySlope];
  return slopes.map((slope) => ({ activation, leakySlope: slope }));
}

/** The scalings that programs commonly use; from 0 to 1 comes first. */
function usualScalings({ mean, deviation }: Trial): PixelScaling[] {
  const standardised = { mean, deviation };
  const usual = [UNIT_PIXELS, RAW_PIXELS, SIGNED_PIXELS, ...(deviation > 0 ? [standardised] : [])];
  return usual.some((scaling) => isSameScaling(scaling, MNIST_PIXELS)) ? usual : [...usual, MNIST_PIXELS];
}

/** The scalings to try, the most likely first. */
function scalingsOf(file: NetworkFile, answers: NetworkAnswers, trial: Trial): PixelScaling[] {
  const stated = statedPixels(file, answers);
  if (stated) return [stated];
  if (answers.pixels) return [answers.pixels];
  return file.pixels ? [file.pixels, UNIT_PIXELS] : usualScalings(trial);
}

/** A mere hint has no precedence over the usual scalings: the lowest loss decides. */
function leastLossFirst(scalings: readonly PixelScaling[], attempts: readonly Attempt[]): readonly PixelScaling[] {
  if (attempts.length === 0) return scalings;
  const { pixels } = bestOf(attempts);
  return [pixels, ...scalings.filter((scaling) => scaling !== pixels)];
}

/** An answer takes precedence over arrays that a program may store without using them. */
function statedPixels({ pixels, pixelsAreHint }: NetworkFile, answers: NetworkAnswers): PixelScaling | undefined {
  const isOpen = pixelsAreHint && (answers.pixels !== undefined || !isSameScaling(pixels!, UNIT_PIXELS));
  return isOpen ? undefined : pixels;
}

function sourceOf(inFile: unknown, answer: unknown): Source {
  if (inFile !== undefined) return 'file';
  return answer === undefined ? 'assumed' : 'answer';
}

function pixelsSource(file: NetworkFile, answers: NetworkAnswers, pixels: PixelScaling): Source {
  if (statedPixels(file, answers) || (file.pixels && !answers.pixels && isSameScaling(file.pixels, pixels)))
    return 'file';
  return answers.pixels ? 'answer' : 'assumed';
}

/** Throws file-unreadable if a folded weight is too large for float32. */
function folded(layers: readonly LayerWeights[], pixels: PixelScaling, name: string): LayerWeights[] {
  const result = foldPixels(layers, pixels);
  const { weight, bias } = result[0]!;
  if (![weight, bias].every((values) => values.every(Number.isFinite)))
    throw refusal(
      name,
      `its first layer takes pixels ${scalingInWords(pixels)}, and its weights are too large for that`,
    );
  return result;
}

function pixelNote(
  file: NetworkFile,
  answers: NetworkAnswers,
  { scalings, suggested }: ActivationChoice,
): string | undefined {
  const pixels = suggested.pixels!;
  const isTried = scalings.length > 1 && scalings.every(({ accuracy }) => accuracy !== undefined);
  if (file.pixelsAreHint && isTried) {
    const figures = scalings
      .map(({ value, accuracy }) => `${percent(accuracy!)} ${scalingInWords(value)}`)
      .join(' and ');
    const which = isSameScaling(pixels, file.pixels!) ? 'as the file says' : 'whatever the file says';
    return (
      `It classifies ${figures} of the training images correctly: its pixels are taken ` +
      `${scalingInWords(pixels)}, ${which}.`
    );
  }
  if (!file.pixels && !answers.pixels) return 'The file does not say how pixels are scaled: they are divided by 255.';
  if (isSameScaling(pixels, UNIT_PIXELS)) return undefined;
  return `It takes pixels ${scalingInWords(pixels)}: this scaling was folded into its first layer.`;
}
