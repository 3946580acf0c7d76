// What a person's choices in the dialog about a network mean as answers.
import type { NetworkAnswers, NetworkQuestion } from '../src-shared/network-files';
import type { PixelScaling } from '../src-shared/pixel-scaling';
import type { Activation } from '../src-shared/settings';
import { NUMBER_FIELDS } from '../src-shared/settings-fields';

const { min: LEAST_SLOPE, max: MOST_SLOPE } = NUMBER_FIELDS.leakySlope;
export const SLOPE_HELP = `From ${LEAST_SLOPE} to ${MOST_SLOPE}.`;

export interface Chosen {
  activation: Activation;
  leakySlope: number | undefined;
  pixels: PixelScaling | undefined;
}

/** Only what the file leaves open: what it says needs no answer. */
export function answersTo({ choices, asksActivation }: NetworkQuestion, { activation, leakySlope, pixels }: Chosen): NetworkAnswers {
  const choice = choices.find(({ value }) => value === activation)!;
  return {
    ...(asksActivation && { activation }),
    ...(choice.slopes.length > 0 && { leakySlope }),
    ...(choice.scalings.length > 0 && { pixels }),
  };
}

/** @returns undefined unless both are numbers and the deviation is above 0 */
export function parseScaling(mean: string, deviation: string): PixelScaling | undefined {
  const numbers = [mean, deviation].map((text) => (text.trim() === '' ? NaN : Number(text)));
  const [m, d] = numbers as [number, number];
  return Number.isFinite(m) && Number.isFinite(d) && d > 0 ? { mean: m, deviation: d } : undefined;
}

/** @returns undefined unless it is a slope that can be used */
export function parseSlope(text: string): number | undefined {
  const slope = text.trim() === '' ? NaN : Number(text);
  return slope >= LEAST_SLOPE && slope <= MOST_SLOPE ? slope : undefined;
}
