// The answers that a person's choices in the dialog about a network stand for. Pure.
import type { NetworkAnswers, NetworkQuestion } from '../../src-shared/networks/network-files';
import type { PixelScaling } from '../../src-shared/networks/pixel-scaling';
import type { Activation } from '../../src-shared/settings/settings';
import { NUMBER_FIELDS } from '../../src-shared/settings/number-fields';
import { readTypedNumber } from '../ui/typed-number';

const { min: MIN_SLOPE, max: MAX_SLOPE } = NUMBER_FIELDS.leakySlope;
export const SLOPE_HELP = `From ${MIN_SLOPE} to ${MAX_SLOPE}.`;

export interface Chosen {
  activation: Activation;
  leakySlope: number | undefined;
  pixels: PixelScaling | undefined;
}

/** Includes only what the file does not specify. */
export function answersTo(
  { choices, asksActivation }: NetworkQuestion,
  { activation, leakySlope, pixels }: Chosen,
): NetworkAnswers {
  const choice = choices.find(({ value }) => value === activation)!;
  return {
    ...(asksActivation && { activation }),
    ...(choice.slopes.length > 0 && { leakySlope }),
    ...(choice.scalings.length > 0 && { pixels }),
  };
}

/** @returns undefined unless both are unambiguous numbers and the deviation is above 0 */
export function parseScaling(mean: string, deviation: string): PixelScaling | undefined {
  const [m, d] = [readTypedNumber(mean), readTypedNumber(deviation)];
  if (typeof m === 'string' || typeof d === 'string') return undefined;
  return Number.isFinite(m) && Number.isFinite(d) && d > 0 ? { mean: m, deviation: d } : undefined;
}

/** @returns undefined unless the text is a number within the allowed range */
export function parseSlope(text: string): number | undefined {
  const slope = readTypedNumber(text);
  return typeof slope === 'number' && slope >= MIN_SLOPE && slope <= MAX_SLOPE ? slope : undefined;
}
