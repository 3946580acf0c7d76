// For one activation: what the trial suggests for the slope and the scaling of the pixels, and whether to ask.
import type { ActivationChoice, Tried } from '../../../src-shared/networks/network-files';
import type { PixelScaling } from '../../../src-shared/networks/pixel-scaling';
import { accuracyOf, bestOf, isClearlyBetter, isClearlyLessLoss } from './compare-attempts';
import type { Attempt, Hidden } from './trial';

/**
 * @param hiddens all with the same activation, the usual slope first
 * @param scalings the usual one first
 * @param attempts one for each pair of these, or none if the network was not tried
 */
export function choiceOf(
  hiddens: readonly Hidden[],
  scalings: readonly PixelScaling[],
  attempts: readonly Attempt[],
  classes: number,
): ActivationChoice {
  const [usualHidden] = hiddens as [Hidden];
  const [usualScaling] = scalings as [PixelScaling];
  const pixels = clearlyBestScaling(usualScaling, attempts, classes) ?? usualScaling;
  const hidden =
    clearlyBestHidden(
      usualHidden,
      attempts.filter((attempt) => attempt.pixels === pixels),
    ) ?? usualHidden;
  const accuracy = (wanted: Hidden, scaling: PixelScaling) => {
    const attempt = attempts.find((one) => one.hidden === wanted && one.pixels === scaling);
    return attempt && accuracyOf(attempt);
  };
  const isOpen = (values: readonly unknown[]) => values.length > 1;
  return {
    value: hidden.activation,
    accuracy: accuracy(hidden, pixels),
    slopes: isOpen(hiddens)
      ? hiddens.map((one): Tried<number> => ({ value: one.leakySlope!, accuracy: accuracy(one, pixels) }))
      : [],
    // Neither accuracy nor loss reveals the slope for certain: another slope than that of the training may do better.
    asksSlope: isOpen(hiddens),
    scalings: isOpen(scalings)
      ? scalings.map((value): Tried<PixelScaling> => ({ value, accuracy: accuracy(hidden, value) }))
      : [],
    asksPixels: pixels !== usualScaling,
    suggested: { leakySlope: hidden.leakySlope, pixels },
  };
}

function clearlyBestScaling(
  usual: PixelScaling,
  attempts: readonly Attempt[],
  classes: number,
): PixelScaling | undefined {
  if (attempts.length === 0) return undefined;
  const asUsual = bestOf(attempts.filter(({ pixels }) => pixels === usual));
  const better = attempts.filter((attempt) => isClearlyBetter(attempt, asUsual, classes));
  return better.length > 0 ? bestOf(better).pixels : undefined;
}

/** Slopes change few predictions, so the losses decide. */
function clearlyBestHidden(usual: Hidden, attempts: readonly Attempt[]): Hidden | undefined {
  const asUsual = attempts.find(({ hidden }) => hidden === usual);
  if (!asUsual) return undefined;
  const best = bestOf(attempts);
  return isClearlyLessLoss(best, asUsual) && accuracyOf(best) >= accuracyOf(asUsual) ? best.hidden : undefined;
}
