// Every export format, loaded by other programs: they must get the probabilities of nn/ in float64 for all test images.
// The C header is tested in c/write.spec.ts.
import { unzipSync } from 'fflate';
import { File as Hdf5File, ready } from 'h5wasm/node';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load as parseNpy } from 'npyjs';
import * as onnx from 'onnxruntime-web';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LayerWeights } from '../../../../../src-shared/networks/layers';
import type { Checkpoint } from '../../../../../src-shared/runs/checkpoint';
import { CHOICE_FIELDS } from '../../../../../src-shared/settings/settings-fields';
import type { Activation } from '../../../../../src-shared/settings/settings';
import { EXPORT_FORMATS } from '../../../../../src-main/formats/save/formats';
import type { ExportSuffix } from '../../../../../src-shared/networks/network-formats';
import { networkMetadata } from '../../../../../src-main/formats/save/metadata';
import type { Dataset } from '../../../../../src-main/trainer/data/dataset';
import { mnistFiles } from '../../../../fixtures/mnist';
import { runPython, withoutPython } from '../../../../fixtures/other-programs';
import {
  exactProbabilities,
  largestDifference,
  trainNetwork,
  withActivation,
} from '../../../../fixtures/trained-network';

const VERSION = '1.2.3';
const TOLERANCE = 1e-5;
const ACTIVATIONS = Object.keys(CHOICE_FIELDS.activation.options) as Activation[];

let trained: Checkpoint;
let dataset: Dataset;
let exact: Record<Activation, Float64Array>;
let folder: string;
beforeAll(async () => {
  ({ checkpoint: trained, dataset } = await trainNetwork());
  exact = Object.fromEntries(
    ACTIVATIONS.map((activation) => [activation, exactProbabilities(withActivation(trained, activation), dataset)]),
  ) as typeof exact;
  folder = mkdtempSync(join(tmpdir(), 'mnist-studio-formats-'));
  const { testImages, testLabels } = mnistFiles();
  for (const { name, bytes } of [testImages, testLabels]) writeFileSync(join(folder, name), bytes);
  await ready;
  onnx.env.wasm.numThreads = 1;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const encode = (suffix: ExportSuffix, checkpoint = trained) => EXPORT_FORMATS[suffix].encode(checkpoint, VERSION);
const metadata = (checkpoint = trained) =>
  JSON.parse(JSON.stringify(networkMetadata(checkpoint, VERSION))) as Record<string, unknown>;
/** Explains in the name of a test why it is skipped. */
const unless = (reason: string | undefined) => (reason === undefined ? '' : ` (not run: ${reason})`);

function write(suffix: ExportSuffix, checkpoint = trained): string {
  const name = `network${suffix}`;
  writeFileSync(join(folder, name), encode(suffix, checkpoint));
  return name;
}

/** The first accuracy that a program prints: with ReLU, as the network was trained. */
function accuracyOf(output: string): number {
  return Number(/^test accuracy (\d(?:\.\d+)?)/m.exec(output)![1]);
}

/** Exports the network with an activation. @returns the program that the app shows */
function programFor(suffix: ExportSuffix, activation: Activation): string {
  const checkpoint = withActivation(trained, activation);
  const name = `${activation}${suffix}`;
  writeFileSync(join(folder, name), encode(suffix, checkpoint));
  return EXPORT_FORMATS[suffix].snippet(name, checkpoint);
}

/** Checks the float64 probabilities that another program has written to a file named after the activation. */
function expectExact(activation: Activation): void {
  const probabilities = new Float64Array(Uint8Array.from(readFileSync(join(folder, activation))).buffer);
  expect(largestDifference(probabilities, exact[activation]), activation).toBeLessThan(TOLERANCE);
}

it('the network has learned, so that the tests see real probabilities', () => {
  expect(trained.result.testAccuracy).toBeGreaterThan(0.92);
});

describe('.npz', () => {
  it('is read by npyjs with the same weights, bit for bit, and the metadata', async () => {
    const entries = unzipSync(encode('.npz'));
    const array = async (key: string) => parseNpy(entries[`${key}.npy`]!.slice().buffer);
    for (const [k, { weight, bias, inputs, outputs }] of trained.layers.entries()) {
      expect(await array(`fc${k + 1}.weight`)).toMatchObject({
        data: weight,
        shape: [outputs, inputs],
        fortranOrder: false,
      });
      expect(await array(`fc${k + 1}.bias`)).toMatchObject({ data: bias, shape: [outputs] });
    }
    const text = await array('metadata');
    expect(JSON.parse(String(text.data as unknown))).toEqual(metadata());
  });

  const reason = withoutPython('numpy');
  it.skipIf(reason)(
    'is read by NumPy with the same probabilities, and its program gets the test accuracy, with each ' +
      `activation${unless(reason)}`,
    () => {
      const programs = ACTIVATIONS.map(
        (activation) => `${programFor('.npz', activation)}${writeSoftmaxOfSignal(activation)}`,
      );
      expect(accuracyOf(runPython(programs.join('\n'), folder))).toBe(trained.result.testAccuracy);
      for (const activation of ACTIVATIONS) expectExact(activation);
    },
  );
});

describe('.json', () => {
  const reason = withoutPython('numpy');
  it.skipIf(reason)(
    `is read by Python with the same probabilities, and its program gets the test accuracy${unless(reason)}`,
    () => {
      const program = EXPORT_FORMATS['.json'].snippet(write('.json'), trained);
      expect(accuracyOf(runPython(program + writeSoftmaxOfSignal('relu'), folder))).toBe(trained.result.testAccuracy);
      expectExact('relu');
    },
  );

  it('is JSON whose numbers are the same float32, bit for bit', () => {
    const file = JSON.parse(new TextDecoder().decode(encode('.json'))) as {
      metadata: object;
      layers: { weight: number[][]; bias: number[] }[];
    };
    expect(file.metadata).toEqual(metadata());
    file.layers.forEach(({ weight, bias }, k) => {
      expect(Float32Array.from(weight.flat())).toEqual(trained.layers[k]!.weight);
      expect(Float32Array.from(bias)).toEqual(trained.layers[k]!.bias);
    });
  });
});

describe('.safetensors', () => {
  const noTorch = withoutPython('numpy', 'torch');
  const standIn =
    withoutPython('numpy', 'torch', 'safetensors') === undefined
      ? ''
      : ', with a stand-in for the package safetensors, which is not here';
  it.skipIf(noTorch)(
    'is read by PyTorch with the same probabilities, and its program gets the test accuracy, with each ' +
      `activation${standIn}${unless(noTorch)}`,
    () => {
      if (standIn !== '') writeStandIn();
      const programs = ACTIVATIONS.map(
        (activation) =>
          `${programFor('.safetensors', activation)}logits.softmax(dim=1).double().numpy().tofile("${activation}")\n`,
      );
      expect(accuracyOf(runPython(programs.join('\n'), folder, ['numpy', 'torch']))).toBe(trained.result.testAccuracy);
      for (const activation of ACTIVATIONS) expectExact(activation);
    },
  );
});

describe('.onnx', () => {
  async function probabilitiesOf(bytes: Uint8Array, largestPixel: number): Promise<ArrayLike<number>> {
    const session = await onnx.InferenceSession.create(bytes, { executionProviders: ['wasm'] });
    expect(session.inputNames).toEqual(['pixels']);
    expect(session.outputNames).toEqual(['logits', 'probabilities']);
    const pixels = Float32Array.from(dataset.test.pixels, (pixel) => (pixel / 255) * largestPixel);
    const { probabilities } = await session.run({ pixels: new onnx.Tensor('float32', pixels, [10_000, 784]) });
    await session.release();
    return probabilities!.data as Float32Array;
  }

  it('is run by ONNX Runtime with the same probabilities, with each activation', async () => {
    for (const activation of ACTIVATIONS) {
      const probabilities = await probabilitiesOf(encode('.onnx', withActivation(trained, activation)), 1);
      expect(largestDifference(probabilities, exact[activation]), activation).toBeLessThan(TOLERANCE);
    }
  });

  it('takes raw pixels if the graph divides them', async () => {
    const bytes = EXPORT_FORMATS['.onnx'].encode(trained, VERSION, { rawPixels: true });
    expect(largestDifference(await probabilitiesOf(bytes, 255), exact.relu)).toBeLessThan(TOLERANCE);
  });

  const reason = withoutPython('numpy', 'onnxruntime');
  it.skipIf(reason)(`its program in Python gets the test accuracy${unless(reason)}`, () => {
    for (const rawPixels of [false, true]) {
      writeFileSync(join(folder, 'network.onnx'), EXPORT_FORMATS['.onnx'].encode(trained, VERSION, { rawPixels }));
      expect(
        accuracyOf(
          runPython(EXPORT_FORMATS['.onnx'].snippet('network.onnx', trained, { rawPixels }), folder, [
            'numpy',
            'onnxruntime',
          ]),
        ),
      ).toBe(trained.result.testAccuracy);
    }
  });
});

describe('.weights.h5', () => {
  it('is read by the HDF5 library with the same probabilities, under the names that Keras expects', () => {
    const file = new Hdf5File(join(folder, write('.weights.h5')), 'r');
    const dataset0 = (path: string) =>
      file.get(path) as { value: Float32Array | string; shape: number[]; dtype: string };
    expect(file.keys()).toEqual(['layers', 'metadata', 'vars']);
    expect((file.get('vars') as Hdf5File).keys()).toEqual([]);
    expect((file.get('layers') as Hdf5File).keys()).toEqual(['dense', 'dense_1']);
    const layers = ['dense', 'dense_1'].map((name): LayerWeights => {
      const [kernel, bias] = [dataset0(`layers/${name}/vars/0`), dataset0(`layers/${name}/vars/1`)];
      const [inputs, outputs] = kernel.shape as [number, number];
      expect([kernel.dtype, bias.dtype, bias.shape]).toEqual(['<f', '<f', [outputs]]);
      const values = kernel.value as Float32Array;
      return {
        inputs,
        outputs,
        weight: Float32Array.from(values, (_, n) => values[(n % inputs) * outputs + Math.floor(n / inputs)]!),
        bias: bias.value as Float32Array,
      };
    });
    expect(JSON.parse(dataset0('metadata').value as string)).toEqual(metadata());
    file.close();
    expect(largestDifference(exactProbabilities({ ...trained, layers }, dataset), exact.relu)).toBeLessThan(TOLERANCE);
  });

  it('contains seven layers, the maximum of a network', () => {
    const layer: LayerWeights = {
      inputs: 2,
      outputs: 2,
      weight: Float32Array.of(1, 2, 3, 4),
      bias: Float32Array.of(5, 6),
    };
    const file = new Hdf5File(
      join(folder, write('.weights.h5', { ...trained, layers: Array<LayerWeights>(7).fill(layer) })),
      'r',
    );
    expect((file.get('layers') as Hdf5File).keys()).toEqual([
      'dense',
      'dense_1',
      'dense_2',
      'dense_3',
      'dense_4',
      'dense_5',
      'dense_6',
    ]);
    expect((file.get('layers/dense_6/vars/0') as { value: Float32Array }).value).toEqual(Float32Array.of(1, 3, 2, 4));
    file.close();
  });

  const reason = withoutPython('numpy', 'keras');
  it.skipIf(reason)(`its program in Python gets the test accuracy${unless(reason)}`, () => {
    expect(
      accuracyOf(
        runPython(EXPORT_FORMATS['.weights.h5'].snippet(write('.weights.h5'), trained), folder, ['numpy', 'keras']),
      ),
    ).toBe(trained.result.testAccuracy);
  });
});

const writeSoftmaxOfSignal = (file: string) => `
e = np.exp(signal - signal.max(axis=1, keepdims=True))
(e / e.sum(axis=1, keepdims=True)).astype(np.float64).tofile("${file}")
`;

/** A package safetensors that follows the specification: the header's length, the header, then the numbers. */
function writeStandIn(): void {
  mkdirSync(join(folder, 'safetensors'), { recursive: true });
  writeFileSync(join(folder, 'safetensors', '__init__.py'), '');
  writeFileSync(
    join(folder, 'safetensors', 'torch.py'),
    `import json, struct
import numpy as np
import torch
def load_file(name):
    data = open(name, "rb").read()
    (n,) = struct.unpack("<Q", data[:8])
    assert n % 8 == 0 and data[8:9] == b"{"
    header = json.loads(data[8:8 + n])
    assert all(isinstance(v, str) for v in header.pop("__metadata__").values())
    spans = sorted(v["data_offsets"] for v in header.values())
    assert spans[0][0] == 0 and spans[-1][1] == len(data) - 8 - n
    assert all(a[1] == b[0] for a, b in zip(spans, spans[1:]))
    assert all(v["dtype"] == "F32" for v in header.values())
    def array(v):
        start, end = (8 + n + offset for offset in v["data_offsets"])
        return np.frombuffer(data[start:end], "<f4").reshape(v["shape"]).copy()
    return {k: torch.from_numpy(array(v)) for k, v in header.items()}
`,
  );
}
