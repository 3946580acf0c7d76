// How the learning rate changes during training: the rate of each update for the trainer, the curve for the page. Pure.
import type { Settings } from './settings';

export type ScheduleSettings = Pick<
  Settings,
  'schedule' | 'learningRate' | 'warmupEpochs' | 'stepEpochs' | 'stepFactor'
>;

/**
 * The one-cycle schedule (Smith and Topin 2018) with PyTorch's defaults: how long the rate rises, and by which factors
 * its start and end are below the peak.
 */
const RISING_SHARE = 0.3;
const START_DIVISOR = 25;
const END_DIVISOR = 25e4;

/**
 * The learning rate of an update.
 * - constant: always the learning rate.
 * - step: multiplied by stepFactor after every stepEpochs epochs.
 * - cosine: rate × (1 + cos π t) / 2, from the rate to zero (Loshchilov and Hutter 2017, "SGDR", equation 5).
 * - one-cycle: a cosine up to the rate during the first 30%, then one down to almost zero.
 * A warm-up before it rises in a straight line from zero; t then runs over the remaining epochs.
 * @param epoch epochs trained before this update, with their fraction
 * @param epochs planned in all
 */
export function learningRateAt(settings: ScheduleSettings, epoch: number, epochs: number): number {
  const { schedule, learningRate, warmupEpochs, stepEpochs, stepFactor } = settings;
  const warmup = Math.min(warmupEpochs, epochs);
  // The tolerance, here and below, is for sums of fractions that miss a whole epoch by a hair.
  if (epoch < warmup - 1e-9) return (learningRate * epoch) / warmup;
  const t = epochs > warmup ? Math.min(1, (epoch - warmup) / (epochs - warmup)) : 1;
  switch (schedule) {
    case 'constant':
      return learningRate;
    case 'step':
      return learningRate * stepFactor ** Math.floor((epoch - warmup) / stepEpochs + 1e-9);
    case 'cosine':
      return between(learningRate, 0, t);
    case 'one-cycle':
      return t < RISING_SHARE
        ? between(learningRate / START_DIVISOR, learningRate, t / RISING_SHARE)
        : between(learningRate, learningRate / END_DIVISOR, (t - RISING_SHARE) / (1 - RISING_SHARE));
  }
}

/** Half a cosine wave from one value (t = 0) to another (t = 1). */
function between(from: number, to: number, t: number): number {
  return to + ((from - to) * (1 + Math.cos(Math.PI * t))) / 2;
}
