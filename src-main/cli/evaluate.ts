// The command “evaluate”: evaluates the network of a file on the test images.
import { basename } from 'node:path';
import type { Score } from '../../src-shared/runs/score';
import { sizesOf } from '../../src-shared/networks/layers';
import { PLAIN_SETTINGS } from '../../src-shared/settings/presets';
import type { Settings } from '../../src-shared/settings/settings';
import { openDataset } from './dataset-options';
import { answersOf, checkAnswers, missingAnswers } from './evaluate-answers';
import { evaluateHelp, parseEvaluateOptions } from './evaluate-options';
import { evaluationAsJson, evaluationInWords } from './evaluate-output';
import type { CommandEnvironment } from './process/environment';
import { readNetworkFile } from '../formats/open/import-network';
import type { ImportedNetwork } from '../formats/open/imported-network';
import { resolveNetwork } from '../formats/open/resolve-network';
import type { Dataset } from '../trainer/data/dataset';
import { pickTrialImages } from '../trainer/data/trial-images';
import { createEngine } from '../trainer/engine/create-engine';
import type { Simd } from '../trainer/engine/wasm/kernels';
import { evaluateTest } from '../trainer/run/evaluate';
import { StepSize } from '../trainer/progress/progress';

const FIRST_STEP = 1000;

export async function evaluate(
  args: string[],
  { stdout, invocation, builtinFolder, chooseKernels }: CommandEnvironment,
): Promise<number> {
  const options = parseEvaluateOptions(args);
  if (!options) {
    stdout.write(evaluateHelp(invocation));
    return 0;
  }
  const name = basename(options.model);
  const file = await readNetworkFile(options.model);
  const dataset = await openDataset(options.source, builtinFolder);
  const images = pickTrialImages(dataset);
  const answers = answersOf(options, images);
  checkAnswers(file, answers, name);
  const resolved = resolveNetwork(file, name, answers, { ...images, dataset: dataset.info });
  if (resolved.kind === 'question') throw missingAnswers(resolved);
  const { network } = resolved;
  const score = await computeScore(network, dataset, await chooseKernels());
  stdout.write(
    options.json
      ? evaluationAsJson(network, dataset.info, score)
      : evaluationInWords(network, dataset.info, score, name),
  );
  return 0;
}

async function computeScore(
  { layers, activation, leakySlope = PLAIN_SETTINGS.leakySlope }: ImportedNetwork,
  dataset: Dataset,
  simd: Simd,
): Promise<Score> {
  const settings: Settings = { ...PLAIN_SETTINGS, hidden: sizesOf(layers).slice(1, -1), activation, leakySlope };
  const engine = createEngine({ dataset, settings, state: { layers, moments: [], updates: 0 } }, simd);
  try {
    const pace = { step: new StepSize(FIRST_STEP), now: () => performance.now(), mayContinue: async () => true };
    return (await evaluateTest(engine, dataset, pace))!;
  } finally {
    engine.dispose();
  }
}
