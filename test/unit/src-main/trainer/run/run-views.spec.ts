// What a run sends to the page beside its scores: weights, gradients, the first layer after each epoch, and activations
// on request.
import { describe, expect, it } from 'vitest';
import { PLAIN_SETTINGS } from '../../../../../src-shared/settings/presets';
import type { Settings } from '../../../../../src-shared/settings/settings';
import { createReferenceEngine } from '../../../../../src-main/trainer/engine/reference/reference-engine';
import { beginRun } from '../../../../../src-main/trainer/run/training-loop';
import { openFiles } from '../../../../fixtures/folders';
import { smallDatasetFiles } from '../../../../fixtures/idx';
import { checkpoints, ofKind, stage } from '../../../../fixtures/stage';

const dataset = await openFiles(smallDatasetFiles({ train: 203, test: 30, rows: 4, columns: 4 }));
const settings: Settings = { ...PLAIN_SETTINGS, hidden: [12, 5], batchSize: 10, epochs: 3, engine: 'reference' };

function begin(changes: Partial<Settings> = {}) {
  const staged = stage();
  return { ...staged, run: beginRun({ run: 1, dataset, settings: { ...settings, ...changes } }, staged.context)! };
}

it('sends the initial weights first, and those that are exported last', async () => {
  const { run, events, reports } = begin();
  await run.train('end');
  const shown = ofKind(events, 'weights');
  expect(shown[0]!.network).toEqual({ epochs: 0, layers: createReferenceEngine({ dataset, settings }).readWeights() });
  expect(shown.at(-1)!.network).toEqual({ epochs: 3, layers: checkpoints(reports).at(-1)!.layers });
});

it('sends the first layer as it is at the start and after every epoch', async () => {
  const { run, events } = begin();
  await run.train('end');
  expect(ofKind(events, 'frame').map(({ frame }) => [frame.epoch, frame.pictures.units])).toEqual([
    [0, 12],
    [1, 12],
    [2, 12],
    [3, 12],
  ]);
});

it('sends the gradient of every layer while it trains', async () => {
  const { run, events } = begin({ epochs: 80 });
  await run.train('end');
  const gradients = ofKind(events, 'gradients');
  expect(gradients.length).toBeGreaterThan(3);
  for (const { gradients: sent } of gradients) {
    expect(sent.layers).toHaveLength(3);
    expect(sent.layers.every(({ norm }) => norm > 0)).toBe(true);
  }
});

it('trains to the same weights whether or not activations are requested', async () => {
  const [seen, unseen] = [begin(), begin()];
  const ended = seen.run.train('end');
  const asking = setInterval(() => seen.run.requestActivations(0), 0);
  await ended;
  clearInterval(asking);
  await unseen.run.train('end');
  expect(checkpoints(seen.reports).at(-1)!.layers).toEqual(checkpoints(unseen.reports).at(-1)!.layers);
});

describe('a request for activations', () => {
  const everyTestImage = Uint32Array.from({ length: 30 }, (_, k) => k);

  it('is answered at once after the end of the run', async () => {
    const { run, events, reports } = begin();
    await run.train('end');
    run.requestActivations(1);
    const engine = createReferenceEngine({ dataset, settings });
    engine.writeWeights(checkpoints(reports).at(-1)!.layers);
    expect(ofKind(events, 'activations').map(({ activations }) => activations)).toEqual([
      { epochs: 3, layer: 1, units: 5, values: engine.outputs('test', everyTestImage, 1) },
    ]);
  });

  it('is answered once during training, and only if it is the latest', async () => {
    const { run, events } = begin();
    const ended = run.train('end');
    for (const layer of [0, 1, 2]) run.requestActivations(layer);
    await ended;
    expect(ofKind(events, 'activations').map(({ activations }) => [activations.layer, activations.units])).toEqual([
      [2, 10],
    ]);
  });

  it('is answered at once during a pause', async () => {
    const { run, events, context } = begin();
    const ended = run.train('batch');
    while (!context.control.paused) await new Promise((resolve) => setImmediate(resolve));
    run.requestActivations(0);
    expect(events.at(-1)).toMatchObject({ kind: 'activations', activations: { layer: 0, epochs: 1 / 20 } });
    run.stop();
    await ended;
  });

  it('is ignored if the layer does not exist', async () => {
    const { run, events } = begin();
    await run.train('end');
    run.requestActivations(3);
    expect(ofKind(events, 'activations')).toEqual([]);
  });
});

it('sends the activations of a wide layer for as many test images as fit in 64 MB', async () => {
  const wide = 2 ** 20;
  const staged = stage({
    createEngine: (options) => ({
      ...createReferenceEngine({ ...options, settings: { ...options.settings, hidden: [12, 5] } }),
      outputs: (_set, positions) => Float32Array.from(positions),
    }),
  });
  const run = beginRun({ run: 1, dataset, settings: { ...settings, hidden: [12, wide] } }, staged.context)!;
  run.requestActivations(1);
  run.requestActivations(0);
  const [few, all] = ofKind(staged.events, 'activations').map(({ activations }) => [...activations.values]);
  expect(few).toEqual(Array.from({ length: 16 }, (_, k) => k));
  expect(all).toHaveLength(dataset.test.count);
});
