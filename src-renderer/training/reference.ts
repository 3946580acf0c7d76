// The run that the shown one is compared with: which runs can be chosen, and what is known of the chosen one. Pure.
import type { RunRecord, RunSummary } from '../../src-shared/runs/runs';
import type { EpochResult } from '../../src-shared/runs/score';
import { datasetKey } from '../client/dataset-memory';
import { runNumber, runTitle, storedTitle } from '../client/run-title';
import { elided } from '../client/run-words';
import type { LoadedDataset, Run } from '../client/training';

/** The choice of no run. */
export const NONE = 'none';
/** The run before, if it is not stored. */
const PREVIOUS = 'previous';
/** More runs than that are not offered: a list of hundreds cannot be searched. */
const MOST_CHOICES = 30;

export interface Candidate {
  /** The id of a stored run, or PREVIOUS. */
  key: string;
  /** Such as "#5 · learning rate 0.01". */
  title: string;
  /** "#5" */
  name: string;
  stored: RunSummary | undefined;
  /** If the page still has the run. */
  run: Run | undefined;
}

export interface Reference extends Pick<Candidate, 'key' | 'title' | 'name'> {
  results: readonly EpochResult[];
  /** The result of the weights that the run ended with. */
  final: EpochResult;
  /** Of the test images. */
  labels: Uint16Array;
  /** The predicted class of each test image after an epoch; undefined if they are not known. */
  predictedAt: (epoch: number) => Uint16Array | undefined;
}

interface Runs {
  run: Run;
  previous: Run | undefined;
  /** Newest first. */
  stored: readonly RunSummary[];
  dataset: LoadedDataset;
}

/**
 * The runs that can be chosen: the one before first, then stored runs of the same dataset, newest first. The shown run
 * is none of them, nor is the run before if that is the same one, resumed.
 */
export function candidates({ run, previous, stored, dataset }: Runs): Candidate[] {
  const key = datasetKey(dataset.info);
  const others = stored.filter(
    (one) =>
      // The run that is training is the shown one, before the page knows its id.
      one.status !== 'running' && one.epochsTrained > 0 && datasetKey(one.dataset) === key && one.id !== run.stored?.id,
  );
  const before = previous?.stored && previous.stored.id === run.stored?.id ? undefined : previous;
  const storedBefore = others.find(({ id }) => id === before?.stored?.id);
  const offered = others
    .filter((one) => one !== storedBefore)
    .map((one): Candidate => {
      return { key: one.id, title: elided(storedTitle(one), 60), name: `#${one.number}`, stored: one, run: undefined };
    });
  if (before)
    offered.unshift({
      key: storedBefore?.id ?? PREVIOUS,
      title: before.stored ? elided(runTitle(before), 60) : 'the last run',
      name: before.stored ? runNumber(before) : 'the last run',
      stored: storedBefore,
      run: before,
    });
  return offered.slice(0, MOST_CHOICES);
}

/** @param choice key of the candidate that was chosen; undefined if none was: then it is the first */
export function chosenOf(offered: readonly Candidate[], choice: string | undefined): Candidate | undefined {
  return choice === NONE ? undefined : (offered.find(({ key }) => key === choice) ?? offered[0]);
}

/** @param record of the candidate, if it has been read. @returns undefined if nothing of it can be compared yet */
export function referenceOf(
  candidate: Candidate | undefined,
  record: RunRecord | undefined,
  labels: Uint16Array,
): Reference | undefined {
  if (!candidate) return undefined;
  const { key, title, name, run, stored } = candidate;
  const results = run?.results ?? record?.history ?? [];
  const kept = run?.kept ?? stored?.result?.epoch;
  const final = results.find(({ epoch }) => epoch === kept) ?? results.at(-1);
  if (!final) return undefined;
  return {
    key,
    title,
    name,
    results,
    final,
    labels,
    predictedAt: (epoch) =>
      (
        run?.history.find((past) => past.epoch === epoch) ??
        (record?.predictions?.epoch === epoch ? record.predictions : undefined)
      )?.predicted,
  };
}
