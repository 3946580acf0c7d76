// The command line's second command: what a network in a file makes of the test images.
import { basename } from 'node:path';
import type { Score } from '../src-shared/contract';
import { sizesOf } from '../src-shared/layer-sizes';
import { PLAIN_SETTINGS } from '../src-shared/presets';
import type { Activation, Settings } from '../src-shared/settings';
import { openDataset } from './cli-dataset';
import { evaluateHelp, parseEvaluateOptions, type EvaluateOptions } from './cli-evaluate-options';
import { fixed } from './cli-output';
import { UsageError } from './cli-usage';
import type { CommandEnvironment } from './command-line/environment';
import { checkFitsDataset } from './import/fit';
import { readNetworkFile } from './import/import-network';
import type { ImportedNetwork } from './import/imported-network';
import { resolveNetwork } from './import/resolve-network';
import type { Dataset } from './trainer/data/dataset';
import { createEngine } from './trainer/engine/create-engine';
import type { Simd } from './trainer/engine/kernels';
import { evaluateTest } from './trainer/evaluate';
import { StepSize } from './trainer/progress';

const FIRST_STEP = 1000;

export async function evaluate(args: string[], { stdout, invocation, builtinFolder, chooseKernels }: CommandEnvironment): Promise<number> {
  const options = parseEvaluateOptions(args);
  if (!options) {
    stdout.write(evaluateHelp(invocation));
    return 0;
  }
  const name = basename(options.model);
  const network = resolveNetwork(await readNetworkFile(options.model));
  const activation = chooseActivation(network, options, name);
  const dataset = await openDataset(options.source, builtinFolder);
  checkFitsDataset(network, dataset.info, name);
  const score = await computeScore(network, activation, dataset, await chooseKernels());
  const { testCount } = dataset.info;
  if (options.json) stdout.write(`${JSON.stringify({ kind: 'evaluation', testLoss: score.loss, testAccuracy: score.accuracy, test: testCount })}\n`);
  else stdout.write(inWords(network, dataset, score, name));
  return 0;
}

/** Throws UsageError where the file and the options say different things, or neither says anything. */
function chooseActivation({ activation, layers }: ImportedNetwork, { activation: asked }: EvaluateOptions, name: string): Activation {
  // Without hidden layers there is nothing that it could contradict.
  if (layers.length > 1 && activation !== undefined && asked !== undefined && activation !== asked) throw new UsageError(`--activation is ${asked}: but ${name} says that it is ${activation}.`);
  const chosen = activation ?? asked;
  if (chosen === undefined) throw new UsageError(`--activation is missing: ${name} does not say which one is behind its hidden layers.`);
  return chosen;
}

async function computeScore({ layers }: ImportedNetwork, activation: Activation, dataset: Dataset, simd: Simd): Promise<Score> {
  const settings: Settings = { ...PLAIN_SETTINGS, hidden: sizesOf(layers).slice(1, -1), activation };
  const engine = createEngine({ dataset, settings, state: { layers, moments: [], updates: 0 } }, simd);
  try {
    const pace = { step: new StepSize(FIRST_STEP), now: () => performance.now(), mayContinue: async () => true };
    return (await evaluateTest(engine, dataset, pace))!;
  } finally {
    engine.dispose();
  }
}

function inWords({ layers, notes, pixelScaling }: ImportedNetwork, { info }: Dataset, { loss, accuracy }: Score, name: string): string {
  const sizes = sizesOf(layers).join('-');
  const assumed = pixelScaling === 'assumed' ? ['The file does not say how pixels are scaled: they were divided by 255.'] : [];
  const result = `test loss: ${fixed(loss, 4)}  test accuracy: ${fixed(100 * accuracy, 2)}%`;
  return `${[`${name}: ${sizes}, on the ${info.testCount} test images of ${info.name}`, ...notes, ...assumed, result].join('\n')}\n`;
}
