// A kept run as what can be exported.
import type { Checkpoint } from '../../src-shared/runs/checkpoint';
import type { LayerState } from '../../src-shared/networks/layers';
import type { RunSummary } from '../../src-shared/runs/runs';
import { usualTestSource } from '../formats/snippets/usual-test-source';
import { makeCheckpoint } from '../trainer/run/checkpoint';

/** @param layers of its last epoch. @returns undefined where no epoch has ended */
export function checkpointOf(
  { dataset, settings, changes, result }: RunSummary,
  layers: readonly LayerState[],
): Checkpoint | undefined {
  const info = { ...dataset, testSource: dataset.testSource ?? usualTestSource(dataset) };
  return result && makeCheckpoint({ run: 0, dataset: { info }, settings }, layers, changes, result);
}
