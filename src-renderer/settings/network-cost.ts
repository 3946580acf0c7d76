// The cost of training a network in multiply-adds, and from it the time that an epoch takes at a measured speed. Pure.
import type { DatasetInfo } from '../../src-shared/data/dataset';
import type { Settings } from '../../src-shared/settings/settings';
import { formatFixed } from '../ui/format';
import { imagesToTrainOn } from './settings-form';
import { liveSettings, type Run } from '../client/training';

/**
 * Multiply-adds to train on one image. Each weight is used three times: in the forward pass, for its own gradient, and
 * to pass the gradient to the layer below. The first layer passes none on and skips zero pixels.
 * @param sizes units of every layer, from the pixels to the classes
 * @param zeroShare share of pixels that are zero, 0 to 1
 */
export function costPerImage(sizes: readonly number[], zeroShare: number): number {
  return sizes.slice(1).reduce((sum, outputs, layer) => {
    const weights = sizes[layer]! * outputs;
    return sum + weights * (layer === 0 ? 2 * (1 - zeroShare) : 3);
  }, 0);
}

export function costPerEpoch(
  sizes: readonly number[],
  { trainCount, zeroShare }: Pick<DatasetInfo, 'trainCount' | 'zeroShare'>,
  validationShare: number,
): number {
  return costPerImage(sizes, zeroShare) * imagesToTrainOn(trainCount, validationShare);
}

/**
 * Multiply-adds per second, as measured by a run.
 * @returns undefined if nothing was measured, or with another engine, precision or number of threads than `wanted`
 */
export function measuredSpeed(
  run: Run | undefined,
  wanted: Pick<Settings, 'engine' | 'precision' | 'threads'>,
  zeroShare: number,
): number | undefined {
  const images = run?.progress?.imagesPerSecond ?? run?.results.at(-1)?.imagesPerSecond;
  if (!run || !images) return undefined;
  const { engine, precision, threads } = liveSettings(run);
  const isComparable = engine === wanted.engine && precision === wanted.precision && threads === wanted.threads;
  return isComparable ? images * costPerImage(run.sizes, zeroShare) : undefined;
}

/** "≈ 3 s an epoch"; undefined if the speed is not known. */
export function epochTimeInWords(
  sizes: readonly number[],
  dataset: DatasetInfo,
  settings: Settings,
  run: Run | undefined,
): string | undefined {
  const speed = measuredSpeed(run, settings, dataset.zeroShare);
  if (!speed) return undefined;
  return `≈ ${formatAbout(costPerEpoch(sizes, dataset, settings.validationShare) / speed)} an epoch`;
}

/** 0.42 → "0.4 s", 12.3 → "12 s", 200 → "3 min" */
export function formatAbout(seconds: number): string {
  if (seconds < 0.05) return `${Math.max(1, Math.round(seconds * 1000))} ms`;
  if (seconds < 10) return `${formatFixed(seconds, 1)} s`;
  if (seconds < 100) return `${Math.round(seconds)} s`;
  if (seconds < 6000) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}
