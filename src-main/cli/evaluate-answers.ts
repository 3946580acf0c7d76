// What the options say about a network, and the errors if they contradict its file or are not sufficient.
import type { ActivationChoice, NetworkAnswers, NetworkQuestion, Tried } from '../../src-shared/networks/network-files';
import { percent } from '../../src-shared/percent';
import {
  isSameScaling,
  MNIST_PIXELS,
  RAW_PIXELS,
  scalingInWords,
  SIGNED_PIXELS,
  UNIT_PIXELS,
  type PixelScaling,
} from '../../src-shared/networks/pixel-scaling';
import type { TrialImages } from '../../src-shared/data/trial-images';
import type { EvaluateOptions } from './evaluate-options';
import { UsageError } from './usage';
import type { NetworkFile } from '../formats/open/imported-network';

export function answersOf(
  { activation, leakySlope, pixels }: EvaluateOptions,
  { mean, deviation }: TrialImages,
): NetworkAnswers {
  if (pixels !== 'standardised') return { activation, leakySlope, pixels };
  if (deviation === 0)
    throw new UsageError('--pixels is standardised: but all training pixels are the same, so their deviation is 0.');
  return { activation, leakySlope, pixels: { mean, deviation } };
}

/** Throws UsageError if an option says something else than the file. */
export function checkAnswers(file: NetworkFile, answers: NetworkAnswers, name: string): void {
  // Without hidden layers there is nothing that the activation could contradict.
  const hasActivation = file.candidates[0]!.sizes.length > 2;
  const { activation, leakySlope, pixels } = answers;
  if (hasActivation && file.activation && activation && file.activation !== activation)
    throw contradiction('activation', activation, `it is ${file.activation}`, name);
  if (file.leakySlope !== undefined && leakySlope !== undefined && !isSameSlope(file.leakySlope, leakySlope))
    throw contradiction('leaky-slope', leakySlope, `it is ${file.leakySlope}`, name);
  if (file.pixels && !file.pixelsAreHint && pixels && !isSameScaling(file.pixels, pixels))
    throw contradiction('pixels', optionOf(pixels), `its pixels are ${scalingInWords(file.pixels)}`, name);
}

/** ONNX stores the slope as float32. */
function isSameSlope(a: number, b: number): boolean {
  return Math.fround(a) === Math.fround(b);
}

function contradiction(option: string, value: string | number, stated: string, name: string): UsageError {
  return new UsageError(`--${option} is ${value}: but ${name} says that ${stated}.`);
}

/** One sentence or more for each answer that is missing. */
export function missingAnswers({ file, asksActivation, choices, images }: NetworkQuestion): UsageError {
  const [choice] = choices as [ActivationChoice];
  const tried = `Of ${images} training images it reads`;
  const sentences: string[] = [];
  if (asksActivation) {
    sentences.push(`--activation is missing: ${file} does not say which one is behind its hidden layers.`);
    if (images > 0) sentences.push(`${tried} ${figures(choices, (activation) => `with ${activation}`)}.`);
  } else {
    if (choice.asksSlope) {
      const { leakySlope } = choice.suggested;
      sentences.push(`--leaky-slope is missing: ${file} does not say how steep its leaky ReLU is below zero.`);
      if (images > 0) sentences.push(`${tried} ${figures(choice.slopes, (slope) => `with ${slope}`)}.`);
      sentences.push(`Add --leaky-slope ${leakySlope}, or another: PyTorch’s own is 0.01, that of Keras 0.3.`);
    }
    if (choice.asksPixels) {
      sentences.push(`--pixels is missing: ${file} does not say how its pixels were scaled.`);
      sentences.push(
        `${tried} ${figures(choice.scalings, (pixels) => `if they are ${scalingInWords(pixels)}`)}. Its loss ` +
          `is least if they are ${scalingInWords(choice.suggested.pixels!)}. Add --pixels ` +
          `${optionOf(choice.suggested.pixels!)}, or another.`,
      );
    }
  }
  return new UsageError(sentences.join(' '));
}

/** The best first. */
function figures<T>(tried: readonly Tried<T>[], words: (value: T) => string): string {
  const ranked = [...tried].sort((a, b) => b.accuracy! - a.accuracy!);
  return ranked
    .map(({ value, accuracy }, k) => `${percent(accuracy!)}${k === 0 ? ' right' : ''} ${words(value)}`)
    .join(', ');
}

function optionOf(pixels: PixelScaling): string {
  if (isSameScaling(pixels, UNIT_PIXELS)) return 'unit';
  if (isSameScaling(pixels, RAW_PIXELS)) return 'raw';
  if (isSameScaling(pixels, SIGNED_PIXELS)) return 'minus-one-to-one';
  return isSameScaling(pixels, MNIST_PIXELS) ? '0.1307,0.3081' : `${pixels.mean},${pixels.deviation}`;
}
