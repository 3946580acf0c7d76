// Networks out to files and in from them, with a supervisor of paper: what is written, what is asked, what is refused.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetInfo } from '../../../../src-shared/data/dataset';
import type { Checkpoint } from '../../../../src-shared/runs/checkpoint';
import type { LayerState } from '../../../../src-shared/networks/layers';
import type { Settings } from '../../../../src-shared/settings/settings';
import { EXPORT_FORMATS } from '../../../../src-main/formats/save/formats';
import { createNetworkCommands } from '../../../../src-main/bridge/network-commands';
import { NetworkFileWork } from '../../../../src-main/network-process/network-work';
import type { NewRunFacts, RunKeeper } from '../../../../src-main/runs/run-keeper';
import { RunStore } from '../../../../src-main/runs/run-store';
import type { TrainerSupervisor } from '../../../../src-main/supervisor/trainer-supervisor';
import { makeFolder } from '../../../fixtures/folders';
import { npzOf, SMALL } from '../../../fixtures/network-files';
import { inThisProcess } from '../../../fixtures/network-process';
import { refuse, refuseNothing } from '../../../fixtures/refusing-disk';
import { epochRecord, newRun, positionAt } from '../../../fixtures/stored-runs';
import { makeTrial } from '../../../fixtures/trial';
import { openedNetwork } from '../../../fixtures/opened-network';

vi.mock('node:fs/promises', async (original) =>
  (await import('../../../fixtures/refusing-disk')).refusingDisk(await original()),
);

let folder: string;
let remove: () => Promise<void>;
const opened: Promise<RunStore>[] = [];
beforeEach(async () => void ({ folder, remove } = await makeFolder()));
afterEach(async () => {
  refuseNothing();
  await Promise.all(opened.splice(0)); // or it would still create folders while they are removed
  await remove();
});

const DATASET = { ...SMALL.dataset, name: 'Here', trainCount: 40 } as DatasetInfo;

function stage({
  checkpoint,
  dataset = DATASET,
  chosen,
}: { checkpoint?: Checkpoint; dataset?: DatasetInfo | null; chosen?: string } = {}) {
  const trained: { settings: Settings; until: unknown; start: LayerState[] | undefined }[] = [];
  const kept: NewRunFacts[] = [];
  const asked: string[] = [];
  const store = RunStore.open(join(folder, 'runs'));
  opened.push(store);
  const supervisor = {
    checkpoint,
    datasetInfo: dataset ?? undefined,
    trialImages: makeTrial({ columns: dataset?.columns ?? 3 }),
    source: dataset ? { kind: 'builtin' } : undefined,
    train(settings: Settings, until: unknown, start?: LayerState[]) {
      trained.push({ settings, until, start });
      return 7;
    },
  } as unknown as TrainerSupervisor<unknown>;
  const commands = createNetworkCommands({
    store,
    keeper: { expect: (_run: number, facts: NewRunFacts) => kept.push(facts) } as unknown as RunKeeper,
    supervisor,
    version: '1.2.3',
    documentsFolder: '/documents',
    networkWork: new NetworkFileWork({ fork: inThisProcess, notify: () => undefined }),
    async askForWeightsFile(suggestion) {
      asked.push(suggestion);
      return chosen;
    },
    askForNetworkFile: async () => chosen,
  });
  return { commands, store, trained, kept, asked };
}

const file = (name: string): string => join(folder, name);
const write = (name: string, suffix: keyof typeof EXPORT_FORMATS): Promise<void> =>
  writeFile(file(name), EXPORT_FORMATS[suffix].encode(SMALL, '1'));

describe('an export', () => {
  const npz = { suffix: '.npz', rawPixels: false } as const;

  it('is refused where nothing was trained, before anybody is asked for a place', async () => {
    const { commands, asked } = stage({ chosen: file('a') });
    await expect(commands.exportWeights(npz)).rejects.toThrow(
      'There are no weights to export yet. Please train for at least one epoch first.',
    );
    expect(asked).toEqual([]);
  });

  it(
    'as JSON is refused where the app could not read it back, before anybody is asked for a place, and after it ' +
      'if the name says JSON',
    async () => {
      const layers = [{ inputs: 65_536, outputs: 2048, weight: new Float32Array(), bias: new Float32Array() }];
      const { commands, asked } = stage({ checkpoint: { ...SMALL, layers }, chosen: file('large.json') });
      await expect(commands.exportWeights({ suffix: '.json', rawPixels: false })).rejects.toThrow(
        'the app reads back at most 500 MB',
      );
      expect(asked).toEqual([]);
      await expect(commands.exportWeights(npz)).rejects.toThrow('the app reads back at most 500 MB');
      expect(asked).toHaveLength(1);
    },
  );

  it('does not replace a file that nobody was asked about', async () => {
    await writeFile(file('mine.npz'), 'before');
    const { commands } = stage({ checkpoint: SMALL, chosen: file('mine') });
    await expect(commands.exportWeights(npz)).rejects.toThrow('There is a mine.npz already.');
    expect(await readFile(file('mine.npz'), 'utf8')).toBe('before');
  });

  it('does not take a file that cannot be looked at for one that is not there', async () => {
    await writeFile(file('mine.npz'), 'before');
    refuse('stat', /mine\.npz$/, 'EIO');
    const { commands } = stage({ checkpoint: SMALL, chosen: file('mine') });
    await expect(commands.exportWeights(npz)).rejects.toThrow(
      'There may be a mine.npz already, but this cannot be checked: the disk reports an error. Please choose ' +
        'another name or another folder.',
    );
    expect(await readFile(file('mine.npz'), 'utf8')).toBe('before');
  });

  it('writes nothing where the dialog was closed', async () => {
    const { commands, asked } = stage({ checkpoint: SMALL });
    expect(await commands.exportWeights({ suffix: '.onnx', rawPixels: true })).toBeUndefined();
    expect(asked).toEqual(['/documents/お-digits-6-4-5-3-epoch-2.onnx']);
  });

  it('has the suffix of its format even if the dialog leaves it out, and a program that names it', async () => {
    const { commands } = stage({ checkpoint: SMALL, chosen: file('mine') });
    const exported = await commands.exportWeights({ suffix: '.onnx', rawPixels: true });
    expect(exported).toMatchObject({
      file: file('mine.onnx'),
      epoch: 2,
      snippet: EXPORT_FORMATS['.onnx'].snippet('mine.onnx', SMALL, { rawPixels: true }),
    });
    expect(new Uint8Array(await readFile(file('mine.onnx')))).toEqual(
      EXPORT_FORMATS['.onnx'].encode(SMALL, '1.2.3', { rawPixels: true }),
    );
  });

  it('is in the format that the chosen name says, whatever was suggested', async () => {
    const { commands } = stage({ checkpoint: SMALL, chosen: file('mine.JSON') });
    const exported = await commands.exportWeights(npz);
    expect(exported!.snippet).toBe(EXPORT_FORMATS['.json'].snippet('mine.JSON', SMALL));
    expect(JSON.parse(await readFile(file('mine.JSON'), 'utf8'))).toBeTruthy();
  });

  it('of a kept run has the weights that it ended with', async () => {
    const { commands, store } = stage({ chosen: file('kept.npz') });
    const { id } = await (await store).begin(newRun(), positionAt(0));
    await expect(commands.exportWeights({ ...npz, run: id })).rejects.toThrow('There are no weights to export yet.');
    await (await store).writeEpoch(id, epochRecord(4));
    expect(await commands.exportWeights({ ...npz, run: id })).toMatchObject({ epoch: 4 });
    const network = await openedNetwork('kept.npz', await readFile(file('kept.npz')));
    expect(network.layers).toEqual(positionAt(4).layers);
    expect(network.metadata).toMatchObject({
      epoch: 4,
      testAccuracy: epochRecord(4).result.testAccuracy,
      dataset: { sha256: 'ab' },
    });
  });
});

describe('a network from a file', () => {
  it('is refused without a dataset, and where it does not fit the one that is open', async () => {
    await write('n.npz', '.npz');
    await expect(stage({ dataset: null }).commands.openNetwork({ file: file('n.npz') })).rejects.toThrow(
      'Please open a dataset first, then the network.',
    );
    const { commands, trained } = stage({ dataset: { ...DATASET, columns: 4 } });
    await expect(commands.openNetwork({ file: file('n.npz') })).rejects.toThrow(
      'n.npz takes images of 2×3 pixels, but the images of Here have 2×4.',
    );
    await expect(commands.openNetwork({ file: file('none.npz') })).rejects.toThrow('none.npz could not be read');
    expect(trained).toEqual([]);
  });

  it('is nothing where the dialog was closed', async () => {
    expect(await stage().commands.openNetwork({})).toBeUndefined();
  });

  it('begins a run that is evaluated and not trained, with its own settings, named after the file', async () => {
    await write('n.safetensors', '.safetensors');
    const { commands, trained, kept } = stage({ chosen: file('n.safetensors') });
    expect(await commands.openNetwork({})).toEqual({ kind: 'opened', run: 7, name: 'n.safetensors', notes: [] });
    expect(trained).toEqual([{ settings: SMALL.settings, until: undefined, start: SMALL.layers }]);
    expect(kept).toMatchObject([
      {
        name: 'n.safetensors',
        notes: 'Opened from n.safetensors.',
        settings: SMALL.settings,
        dataset: { name: 'Here' },
      },
    ]);
  });

  it('says what is not as it was: other images, other names of classes', async () => {
    await write('n.npz', '.npz');
    const { commands } = stage({ dataset: { ...DATASET, hash: 'other', classNames: ['a', 'b', 'c'] } });
    expect(await commands.openNetwork({ file: file('n.npz') })).toMatchObject({
      notes: ['It was trained on images other than those of Here.', 'Its classes are named 0, お, ".'],
    });
  });

  it('asks for the activation that it does not say, and takes it', async () => {
    await writeFile(file('n.npz'), npzOf({ W1: [6, 4], b1: [4], W2: [4, 3], b2: [3] }));
    const { commands, trained } = stage();
    expect(await commands.openNetwork({ file: file('n.npz') })).toMatchObject({
      kind: 'question',
      file: file('n.npz'),
      sizes: [6, 4, 3],
      asksActivation: true,
      choices: [{ value: 'relu' }, { value: 'leaky-relu' }, { value: 'sigmoid' }, { value: 'tanh' }, { value: 'gelu' }],
      images: 60,
    });
    expect(trained).toEqual([]);
    const answer = await commands.openNetwork({ file: file('n.npz'), activation: 'tanh' });
    expect(answer).toMatchObject({
      kind: 'opened',
      notes: [
        'Its weights are [in, out] and were transposed to [out, in].',
        'The file does not say how pixels are scaled: they are divided by 255.',
      ],
    });
    expect(trained).toMatchObject([{ settings: { hidden: [4], activation: 'tanh' } }]);
  });

  it('can be any checkpoint of a kept run, without what its optimizer remembers', async () => {
    const { commands, store, trained } = stage({ dataset: { ...DATASET, classNames: ['a', 'b', 'c'] } });
    const { id } = await (await store).begin(newRun(), positionAt(0));
    await (await store).writeEpoch(id, epochRecord(4, { moments: 2, best: true }));
    for (const name of ['last', 'best-4']) {
      expect(await commands.openNetwork({ file: join(folder, 'runs', id, `${name}.safetensors`) })).toMatchObject({
        kind: 'opened',
        notes: [],
      });
    }
    expect(trained.map(({ start }) => start)).toEqual([positionAt(4).layers, positionAt(4).layers]);
    expect(trained[0]!.settings).toEqual(newRun().settings);
  });
});
