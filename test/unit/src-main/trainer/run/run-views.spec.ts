// What a run lets a page see beside its scores: weights, gradients, the first layer epoch by epoch, activations when
// asked.
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

it('shows the weights that training begins with, and at last those that are exported', async () => {
  const { run, events, reports } = begin();
  await run.train('end');
  const shown = ofKind(events, 'weights');
  expect(shown[0]!.network).toEqual({ epochs: 0, layers: createReferenceEngine({ dataset, settings }).readWeights() });
  expect(shown.at(-1)!.network).toEqual({ epochs: 3, layers: checkpoints(reports).at(-1)!.layers });
});

it('keeps the first layer as it was at the start and after every epoch', async () => {
  const { run, events } = begin();
  await run.train('end');
  expect(ofKind(events, 'frame').map(({ frame }) => [frame.epoch, frame.pictures.units])).toEqual([
    [0, 12],
    [1, 12],
    [2, 12],
    [3, 12],
  ]);
});

it('tells the gradient of every layer while it trains', async () => {
  const { run, events } = begin({ epochs: 80 });
  await run.train('end');
  const gradients = ofKind(events, 'gradients');
  expect(gradients.length).toBeGreaterThan(3);
  for (const { gradients: told } of gradients) {
    expect(told.layers).toHaveLength(3);
    expect(told.layers.every(({ norm }) => norm > 0)).toBe(true);
  }
});

it('trains to the same weights whether or not anybody looks', async () => {
  const [seen, unseen] = [begin(), begin()];
  const ended = seen.run.train('end');
  const asking = setInterval(() => seen.run.requestActivations(0), 0);
  await ended;
  clearInterval(asking);
  await unseen.run.train('end');
  expect(checkpoints(seen.reports).at(-1)!.layers).toEqual(checkpoints(unseen.reports).at(-1)!.layers);
});

describe('asked for activations', () => {
  const everyTestImage = Uint32Array.from({ length: 30 }, (_, k) => k);

  it('answers at once when it is over', async () => {
    const { run, events, reports } = begin();
    await run.train('end');
    run.requestActivations(1);
    const engine = createReferenceEngine({ dataset, settings });
    engine.writeWeights(checkpoints(reports).at(-1)!.layers);
    expect(ofKind(events, 'activations').map(({ activations }) => activations)).toEqual([
      { epochs: 3, layer: 1, units: 5, values: engine.outputs('test', everyTestImage, 1) },
    ]);
  });

  it('in flight answers the newest request once', async () => {
    const { run, events } = begin();
    const ended = run.train('end');
    for (const layer of [0, 1, 2]) run.requestActivations(layer);
    await ended;
    expect(ofKind(events, 'activations').map(({ activations }) => [activations.layer, activations.units])).toEqual([
      [2, 10],
    ]);
  });

  it('answers at once while it is paused', async () => {
    const { run, events, context } = begin();
    const ended = run.train('batch');
    while (!context.control.paused) await new Promise((resolve) => setImmediate(resolve));
    run.requestActivations(0);
    expect(events.at(-1)).toMatchObject({ kind: 'activations', activations: { layer: 0, epochs: 1 / 20 } });
    run.stop();
    await ended;
  });

  it('says nothing of a layer that does not exist', async () => {
    const { run, events } = begin();
    await run.train('end');
    run.requestActivations(3);
    expect(ofKind(events, 'activations')).toEqual([]);
  });
});

it('tells the activations of a wide layer for as many test images as go into 64 MB', async () => {
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
