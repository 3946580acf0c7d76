// Networks of other programs: NumPy's arrays, files of the HDF5 library, and PyTorch's ONNX exports.
import { File as Hdf5File, ready, type Group } from 'h5wasm/node';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Activation } from '../../../../../src-shared/settings/settings';
import { Matrix } from '../../../../../src-shared/nn/matrix';
import { MLP } from '../../../../../src-shared/nn/mlp';
import { runPython, withoutPython } from '../../../../fixtures/other-programs';
import { largestDifference } from '../../../../fixtures/trained-network';

import { openedNetworkFile, type OpenedFile } from '../../../../fixtures/opened-network';

const IMAGES = 20;
const PIXELS = 30;
const TOLERANCE = 1e-5;

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'mnist-studio-foreign-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const numbers = (name: string) => new Float64Array(Uint8Array.from(readFileSync(join(folder, name))).buffer);

/** The probabilities that nn/ computes for the images that Python has written, pixels from 0 to 1. */
function probabilities({ layers, activation }: OpenedFile, fallback: Activation): ArrayLike<number> {
  const model = new MLP({
    sizes: [PIXELS, ...layers.map(({ outputs }) => outputs)],
    activation: activation ?? fallback,
    leakySlope: 0.01,
    precision: 'float64',
  });
  model.linears.forEach(({ weight, bias }, k) => {
    const from = layers[k]!;
    weight.value.data.set(
      weight.value.data.map((_, n) => from.weight[(n % from.outputs) * from.inputs + Math.floor(n / from.outputs)]!),
    );
    bias.value.data.set(from.bias);
  });
  return model.forward(new Matrix(IMAGES, PIXELS, numbers('pixels'))).data;
}

describe('NumPy', () => {
  const reason = withoutPython('numpy');
  it.skipIf(reason)(
    `its .npz of every kind gives the same probabilities${reason ? ` (not run: ${reason})` : ''}`,
    async () => {
      const names = runPython(
        `import numpy as np
rng = np.random.default_rng(1)
x = rng.random((${IMAGES}, ${PIXELS}))
W1, b1, W2, b2 = rng.normal(size=(${PIXELS}, 8)), rng.normal(size=8), rng.normal(size=(8, 4)), rng.normal(size=4)
z = np.tanh(x @ W1 + b1) @ W2 + b2
e = np.exp(z - z.max(axis=1, keepdims=True))
x.tofile("pixels")
(e / e.sum(axis=1, keepdims=True)).tofile("expected")
np.savez("named.npz", W1=W1, b1=b1, W2=W2, b2=b2)
np.savez_compressed("packed.npz", W1=W1, b1=b1[None], W2=W2, b2=b2[None], epoch=3, name="mine")
np.savez("unnamed.npz", W1, b1, W2, b2)
np.savez("fortran.npz", **{"0.weight": np.asfortranarray(W1.T), "0.bias": b1, "2.weight": W2.T, "2.bias": b2})
np.savez("bigendian.npz", W1=W1.astype(">f8"), b1=b1.astype(">f4"), W2=W2, b2=b2)
print("named packed unnamed fortran bigendian")`,
        folder,
      );
      for (const name of names.trim().split(' ')) {
        const network = await openedNetworkFile(join(folder, `${name}.npz`));
        expect(network.activation, name).toBeUndefined();
        expect(largestDifference(probabilities(network, 'tanh'), numbers('expected')), name).toBeLessThan(TOLERANCE);
      }
    },
  );

  it.skipIf(reason)(`its pickled objects are refused${reason ? ` (not run: ${reason})` : ''}`, async () => {
    runPython('import numpy as np\nnp.savez("objects.npz", W1=np.array([{"a": 1}], dtype=object))', folder);
    await expect(openedNetworkFile(join(folder, 'objects.npz'))).rejects.toThrow(
      'its array “W1” holds Python objects, which could be programs and are not opened',
    );
  });
});

describe('the HDF5 library', () => {
  type Write = (path: string, shape: number[], values: Float32Array | Float64Array, chunks?: number[]) => void;

  /** In the oldest version of the format, the default of h5py and Keras. */
  async function writeHdf5(name: string, fill: (write: Write) => void): Promise<string> {
    await ready;
    const path = join(folder, name);
    const file = new Hdf5File(path, 'w', { libver: ['earliest', 'latest'] });
    const made = new Set<string>();
    fill((place, shape, data, chunks) => {
      const parts = place.split('/');
      const groups = parts.slice(0, -1).map((_, k) => parts.slice(0, k + 1).join('/'));
      for (const group of groups) if (!made.has(group)) file.create_group(group);
      groups.forEach((group) => made.add(group));
      (file.get(groups.at(-1)!) as Group).create_dataset({
        name: parts.at(-1)!,
        data,
        shape,
        ...(chunks && { chunks }),
      });
    });
    file.close();
    return path;
  }
  const counted = (length: number) => Float32Array.from({ length }, (_, n) => n / 10);

  it('gives the weights of Dense layers, in the order of their numbers, whatever else Keras keeps there', async () => {
    const sizes = [5, 5, 5, 5, 5, 5, 3];
    const file = await writeHdf5('keras.weights.h5', (write) => {
      sizes.slice(1).forEach((outputs, k) => {
        const layer = k === 0 ? 'layers/dense' : `layers/dense_${k}`;
        write(
          `${layer}/vars/0`,
          [sizes[k]!, outputs],
          counted(sizes[k]! * outputs).map((value) => value + k),
        );
        write(
          `${layer}/vars/1`,
          [outputs],
          Float64Array.from({ length: outputs }, () => k),
        );
      });
      write('layers/dropout/seed_generator/vars/0', [2], counted(2));
      for (let k = 0; k < 40; k++) write(`optimizer/vars/${k}`, [3], counted(3));
    });
    const { layers, activation } = await openedNetworkFile(file);
    expect(layers.map(({ inputs, outputs }) => [inputs, outputs])).toEqual(
      sizes.slice(1).map((outputs, k) => [sizes[k], outputs]),
    );
    expect(layers.map(({ bias }) => bias[0])).toEqual([0, 1, 2, 3, 4, 5]);
    expect(layers[5]!.weight).toEqual(
      Float32Array.from({ length: 15 }, (_, n) => Math.fround(((n % 5) * 3 + Math.floor(n / 5)) / 10) + 5),
    );
    expect(activation).toBeUndefined();
  });

  it('gives arrays that are stored in chunks, including those at the edge', async () => {
    const file = await writeHdf5('chunks.weights.h5', (write) =>
      write('layers/dense/vars/0', [3, 5], counted(15), [2, 2]),
    );
    const { layers } = await openedNetworkFile(file);
    expect(layers[0]!.weight).toEqual(
      Float32Array.from({ length: 15 }, (_, n) => Math.fround(((n % 3) * 5 + Math.floor(n / 3)) / 10)),
    );
  });

  it('is refused if it has layers other than Dense', async () => {
    const other = await writeHdf5('other.weights.h5', (write) => write('layers/conv2d/vars/0', [3, 3], counted(9)));
    await expect(openedNetworkFile(other)).rejects.toThrow(
      'its layer “conv2d” does not belong to a chain of Dense layers',
    );
  });
});

describe('PyTorch', () => {
  const reason = withoutPython('numpy', 'torch');
  const KINDS = ['relu', 'leaky-relu', 'sigmoid', 'tanh', 'gelu'] as const;
  it.skipIf(reason)(
    'its ONNX export gives the same probabilities, with each activation, with and without a ' +
      `bias${reason ? ` (not run: ${reason})` : ''}`,
    async () => {
      runPython(
        `import warnings
import torch
from torch import nn
warnings.simplefilter("ignore")
torch.manual_seed(1)
x = torch.rand(${IMAGES}, ${PIXELS})
x.double().numpy().tofile("pixels")
ACTIVATIONS = {"relu": nn.ReLU, "leaky-relu": nn.LeakyReLU, "sigmoid": nn.Sigmoid, "tanh": nn.Tanh, "gelu": nn.GELU}
for kind, act in ACTIVATIONS.items():
    for bias in [True, False]:
        first, second, third = [nn.Linear(n, m, bias=bias) for n, m in [(${PIXELS}, 8), (8, 6), (6, 4)]]
        model = nn.Sequential(nn.Flatten(), first, act(), nn.Dropout(0.5), second, act(), third).eval()
        torch.onnx.export(model, x.reshape(${IMAGES}, 1, 5, ${PIXELS / 5}), f"{kind}-{bias}.onnx", opset_version=13)
        with torch.no_grad():
            model(x).double().softmax(dim=1).numpy().tofile(f"{kind}-{bias}")`,
        folder,
        ['numpy', 'torch'],
      );
      for (const kind of KINDS) {
        for (const bias of ['True', 'False']) {
          const network = await openedNetworkFile(join(folder, `${kind}-${bias}.onnx`));
          expect(network).toMatchObject({ activation: kind, pixelScaling: 'assumed' });
          expect(largestDifference(probabilities(network, kind), numbers(`${kind}-${bias}`)), kind).toBeLessThan(
            TOLERANCE,
          );
        }
      }
    },
  );

  it.skipIf(reason)(
    'its networks with other nodes are refused with the node, and two layers without an activation are ' +
      `merged${reason ? ` (not run: ${reason})` : ''}`,
    async () => {
      runPython(
        `import warnings
import torch
from torch import nn
warnings.simplefilter("ignore")
models = {
    "elu": nn.Sequential(nn.Linear(6, 4), nn.ELU(), nn.Linear(4, 3)),
    "two": nn.Sequential(nn.Linear(6, 4), nn.ReLU(), nn.Linear(4, 4), nn.Tanh(), nn.Linear(4, 3)),
    "bare": nn.Sequential(nn.Linear(6, 4), nn.Linear(4, 3)),
    "end": nn.Sequential(nn.Linear(6, 4), nn.ReLU()),
}
for name, model in models.items():
    torch.onnx.export(model.eval(), torch.rand(2, 6), f"{name}.onnx", opset_version=13)`,
        folder,
        ['numpy', 'torch'],
      );
      const refused = (name: string) => expect(openedNetworkFile(join(folder, `${name}.onnx`))).rejects;
      await refused('elu').toThrow(
        /elu.onnx cannot be read as a network: its node “[^”]+” \(Elu\) cannot be used here/,
      );
      await refused('two').toThrow(
        /it has two activations, relu at its node “[^”]+” \(Relu\) and tanh at its node “[^”]+” \(Tanh\)/,
      );
      await refused('end').toThrow('its graph does not end with a linear layer');
      const { layers } = await openedNetworkFile(join(folder, 'bare.onnx'));
      expect(layers.map(({ inputs, outputs }) => [inputs, outputs])).toEqual([[6, 3]]);
    },
  );
});
