// Converts a stored run to a checkpoint, which can be exported.
import type { LayerState } from '../../src-shared/networks/layers';
import type { Checkpoint } from '../../src-shared/runs/checkpoint';
import type { RunSummary } from '../../src-shared/runs/runs';
import { usualTestSource } from '../formats/snippets/usual-test-source';
import { makeCheckpoint } from '../trainer/run/checkpoint';

/** @param layers of its last epoch. @returns undefined if no epoch was finished */
export function checkpointOf(
  { dataset, settings, changes, result }: RunSummary,
  layers: readonly LayerState[],
): Checkpoint | undefined {
  const info = { ...dataset, testSource: dataset.testSource ?? usualTestSource(dataset) };
  return result && makeCheckpoint({ run: 0, dataset: { info }, settings }, layers, changes, result);
}
