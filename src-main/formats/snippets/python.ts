// Python programs that load an exported network and reproduce its test accuracy, one for each library.
import type { Checkpoint } from '../../../src-shared/runs/checkpoint';
import type { Activation, ActivationSettings } from '../../../src-shared/settings/settings';
import { pythonTestImages } from './python-test-images';
import { pythonText } from './python-text';

interface Program {
  /** Modules of Python's standard library. */
  modules?: string[];
  /** Lines that import libraries. */
  imports: string[];
  /** Code that loads the network. */
  load: string;
  /** Code that computes classes [count] from images [count, pixels], 0 to 255. */
  predict: string;
}

function program(checkpoint: Checkpoint, { modules = [], imports, load, predict }: Program): string {
  const images = pythonTestImages(checkpoint);
  const own = [...new Set([...modules, ...images.modules])].sort().join(', ');
  return `import ${own}
${[...images.libraries, ...imports].join('\n')}

${load}

${images.program}

${predict}
print("test accuracy", np.mean(${images.right}), "the app says", ${checkpoint.result.testAccuracy})
`;
}

const pixelsOf = ({ layers }: Checkpoint): number => layers[0]!.inputs;

/** For a network of plain arrays. @param load defines `layers`, a list of (weight, bias) */
function arraysProgram(checkpoint: Checkpoint, load: string, modules: string[] = []): string {
  const { layers, settings } = checkpoint;
  const isDeep = layers.length > 1;
  const definition = isDeep ? `def activate(z):\n    return ${numpyActivation(settings)}\n\n` : '';
  const loop = isDeep
    ? `for k, (weight, bias) in enumerate(layers):
    signal = signal @ weight.T + bias
    if k < len(layers) - 1:
        signal = activate(signal)`
    : `for weight, bias in layers:
    signal = signal @ weight.T + bias`;
  return program(checkpoint, {
    modules: isDeep && settings.activation === 'gelu' ? [...modules, 'math'] : modules,
    imports: ['import numpy as np'],
    load,
    predict: `${definition}signal = images / 255\n${loop}\nclasses = signal.argmax(axis=1)`,
  });
}

function numpyActivation({ activation, leakySlope }: ActivationSettings): string {
  const formulas: Record<Activation, string> = {
    relu: 'np.maximum(z, 0)',
    'leaky-relu': `np.maximum(z, ${leakySlope} * z)`,
    sigmoid: '1 / (1 + np.exp(-np.clip(z, -30, 30)))',
    tanh: 'np.tanh(z)',
    gelu: 'z * (1 + np.vectorize(math.erf)(z / math.sqrt(2))) / 2',
  };
  return formulas[activation];
}

export function numpySnippet(file: string, checkpoint: Checkpoint): string {
  const load = `network = np.load(${pythonText(file)})
layers = [(network[f"fc{k}.weight"], network[f"fc{k}.bias"]) for k in range(1, ${checkpoint.layers.length + 1})]`;
  return arraysProgram(checkpoint, load);
}

export function jsonSnippet(file: string, checkpoint: Checkpoint): string {
  const load = `network = json.loads(pathlib.Path(${pythonText(file)}).read_text(encoding="utf-8"))
layers = [(np.array(layer["weight"]), np.array(layer["bias"])) for layer in network["layers"]]`;
  return arraysProgram(checkpoint, load, ['json']);
}

function torchActivation({ activation, leakySlope }: ActivationSettings): string {
  const modules: Record<Activation, string> = {
    relu: 'nn.ReLU()',
    'leaky-relu': `nn.LeakyReLU(${leakySlope})`,
    sigmoid: 'nn.Sigmoid()',
    tanh: 'nn.Tanh()',
    gelu: 'nn.GELU()',
  };
  return modules[activation];
}

export function torchSnippet(file: string, checkpoint: Checkpoint): string {
  const { layers, settings } = checkpoint;
  const modules = layers.flatMap(({ inputs, outputs }, index) => {
    const linear = `    fc${index + 1}=nn.Linear(${inputs}, ${outputs}),`;
    return index < layers.length - 1 ? [linear, `    act${index + 1}=${torchActivation(settings)},`] : [linear];
  });
  return program(checkpoint, {
    imports: [
      'from collections import OrderedDict',
      'import numpy as np',
      'import torch',
      'from safetensors.torch import load_file',
      'from torch import nn',
    ],
    load: `model = nn.Sequential(OrderedDict(
${modules.join('\n')}
))
model.load_state_dict(load_file(${pythonText(file)}))
model.eval()`,
    predict: `with torch.no_grad():
    logits = model(torch.from_numpy(images.astype(np.float32)) / 255)
classes = logits.argmax(dim=1).numpy()`,
  });
}

/** @param rawPixels true if the graph divides the pixels by 255 itself */
export function onnxSnippet(file: string, checkpoint: Checkpoint, rawPixels: boolean): string {
  return program(checkpoint, {
    imports: ['import numpy as np', 'import onnxruntime'],
    load: `session = onnxruntime.InferenceSession(${pythonText(file)}, providers=["CPUExecutionProvider"])`,
    predict: `pixels = images.astype(np.float32)${rawPixels ? '' : ' / 255'}
probabilities = session.run(["probabilities"], {"pixels": pixels})[0]
classes = probabilities.argmax(axis=1)`,
  });
}

/** States the parameters of leaky ReLU and GELU, because Keras has, or had, other defaults. */
function kerasActivation({ activation, leakySlope }: ActivationSettings): string {
  if (activation === 'leaky-relu') return `lambda z: keras.ops.leaky_relu(z, negative_slope=${leakySlope})`;
  return activation === 'gelu' ? 'lambda z: keras.ops.gelu(z, approximate=False)' : `"${activation}"`;
}

export function kerasSnippet(file: string, checkpoint: Checkpoint): string {
  const { layers, settings } = checkpoint;
  const dense = layers.map(({ outputs }, index) => {
    const activation = index < layers.length - 1 ? kerasActivation(settings) : '"softmax"';
    return `    keras.layers.Dense(${outputs}, activation=${activation}),`;
  });
  return program(checkpoint, {
    imports: ['import keras  # version 3', 'import numpy as np'],
    load: `model = keras.Sequential([
    keras.Input((${pixelsOf(checkpoint)},)),
${dense.join('\n')}
])
model.load_weights(${pythonText(file)})`,
    predict: `probabilities = model.predict(images.astype(np.float32) / 255, batch_size=1000, verbose=0)
classes = probabilities.argmax(axis=1)`,
  });
}
