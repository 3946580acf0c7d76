// Programs in Python that load an exported network and reproduce its test accuracy, one for each library.
import type { Checkpoint } from '../../../src-shared/contract';
import type { Activation } from '../../../src-shared/settings';

/** Reads the published test files, and says how many images are read right where `classes` holds an answer for each. */
const READ_IDX = `def read_idx(name, header):
    plain = pathlib.Path(name)
    data = plain.read_bytes() if plain.exists() else gzip.open(name + ".gz").read()
    return np.frombuffer(data, np.uint8, offset=header)`;

/** @param inputs pixels of an image */
function testFiles(inputs: number): string {
  return `${READ_IDX}

# The test files of the dataset, unpacked or as .gz, beside this program
images = read_idx("t10k-images-idx3-ubyte", 16).reshape(-1, ${inputs})
labels = read_idx("t10k-labels-idx1-ubyte", 8)`;
}

function closing({ result }: Checkpoint): string {
  return `print("test accuracy", np.mean(classes == labels), "the app says", ${result.testAccuracy})\n`;
}

const pixelsOf = ({ layers }: Checkpoint): number => layers[0]!.inputs;

const NUMPY_FORWARD = `activate = {
    "relu": lambda z: np.maximum(z, 0),
    "leaky-relu": lambda z: np.maximum(z, metadata.get("leakySlope", 0.01) * z),
    "sigmoid": lambda z: 1 / (1 + np.exp(-np.clip(z, -30, 30))),
    "tanh": np.tanh,
    "gelu": lambda z: z * (1 + np.vectorize(math.erf)(z / math.sqrt(2))) / 2,
}[metadata["activation"]]

signal = images / 255
for k, (weight, bias) in enumerate(layers):
    signal = signal @ weight.T + bias
    if k < len(layers) - 1:
        signal = activate(signal)
classes = signal.argmax(axis=1)`;

export function numpySnippet(file: string, checkpoint: Checkpoint): string {
  return `import gzip, json, math, pathlib
import numpy as np

network = np.load(${text(file)})
metadata = json.loads(str(network["metadata"]))
layers = [(network[f"fc{k}.weight"], network[f"fc{k}.bias"]) for k in range(1, len(metadata["sizes"]))]

${testFiles(pixelsOf(checkpoint))}

${NUMPY_FORWARD}
${closing(checkpoint)}`;
}

export function jsonSnippet(file: string, checkpoint: Checkpoint): string {
  return `import gzip, json, math, pathlib
import numpy as np

network = json.loads(pathlib.Path(${text(file)}).read_text(encoding="utf-8"))
metadata = network["metadata"]
layers = [(np.array(layer["weight"]), np.array(layer["bias"])) for layer in network["layers"]]

${testFiles(pixelsOf(checkpoint))}

${NUMPY_FORWARD}
${closing(checkpoint)}`;
}

const TORCH_ACTIVATIONS: Record<Exclude<Activation, 'leaky-relu'>, string> = {
  relu: 'nn.ReLU()',
  sigmoid: 'nn.Sigmoid()',
  tanh: 'nn.Tanh()',
  gelu: 'nn.GELU()',
};

export function torchSnippet(file: string, checkpoint: Checkpoint): string {
  const { layers, settings } = checkpoint;
  const bend = settings.activation === 'leaky-relu' ? `nn.LeakyReLU(${settings.leakySlope})` : TORCH_ACTIVATIONS[settings.activation];
  const modules = layers.flatMap(({ inputs, outputs }, index) => {
    const linear = `    fc${index + 1}=nn.Linear(${inputs}, ${outputs}),`;
    return index < layers.length - 1 ? [linear, `    act${index + 1}=${bend},`] : [linear];
  });
  return `import gzip, pathlib
from collections import OrderedDict
import numpy as np
import torch
from safetensors.torch import load_file
from torch import nn

model = nn.Sequential(OrderedDict(
${modules.join('\n')}
))
model.load_state_dict(load_file(${text(file)}))
model.eval()

${testFiles(pixelsOf(checkpoint))}

with torch.no_grad():
    logits = model(torch.from_numpy(images.astype(np.float32)) / 255)
classes = logits.argmax(dim=1).numpy()
${closing(checkpoint)}`;
}

/** @param rawPixels whether the graph divides by 255 itself */
export function onnxSnippet(file: string, checkpoint: Checkpoint, rawPixels: boolean): string {
  return `import gzip, pathlib
import numpy as np
import onnxruntime

session = onnxruntime.InferenceSession(${text(file)}, providers=["CPUExecutionProvider"])

${testFiles(pixelsOf(checkpoint))}

pixels = images.astype(np.float32)${rawPixels ? '' : ' / 255'}
probabilities = session.run(["probabilities"], {"pixels": pixels})[0]
classes = probabilities.argmax(axis=1)
${closing(checkpoint)}`;
}

/** Of leaky ReLU and GELU Keras has other defaults, or had. */
const KERAS_ACTIVATIONS: Record<Activation, (leakySlope: number) => string> = {
  relu: () => '"relu"',
  'leaky-relu': (leakySlope) => `lambda z: keras.ops.leaky_relu(z, negative_slope=${leakySlope})`,
  sigmoid: () => '"sigmoid"',
  tanh: () => '"tanh"',
  gelu: () => 'lambda z: keras.ops.gelu(z, approximate=False)',
};

export function kerasSnippet(file: string, checkpoint: Checkpoint): string {
  const { layers, activation, settings } = checkpoint;
  const dense = layers.map(({ outputs }, index) => {
    const bend = index < layers.length - 1 ? KERAS_ACTIVATIONS[activation](settings.leakySlope) : '"softmax"';
    return `    keras.layers.Dense(${outputs}, activation=${bend}),`;
  });
  return `import gzip, pathlib
import keras  # version 3
import numpy as np

model = keras.Sequential([
    keras.Input((${pixelsOf(checkpoint)},)),
${dense.join('\n')}
])
model.load_weights(${text(file)})

${testFiles(pixelsOf(checkpoint))}

probabilities = model.predict(images.astype(np.float32) / 255, batch_size=1000, verbose=0)
classes = probabilities.argmax(axis=1)
${closing(checkpoint)}`;
}

/** A text in Python: its escapes are those of JSON. */
function text(value: string): string {
  return JSON.stringify(value);
}
