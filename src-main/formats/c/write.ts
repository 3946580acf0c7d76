// Exports a network as a C header that needs only math.h: sizes, weights, class names, and a function that classifies
// an image.
import type { LayerWeights } from '../../../src-shared/networks/layers';
import type { Checkpoint } from '../../../src-shared/runs/checkpoint';
import type { Activation, ActivationSettings } from '../../../src-shared/settings/settings';
import { countNumbers, float32Text } from '../save/float32';
import { networkMetadata } from '../save/metadata';
import { textChunksOf, type Chunk, type TextPart } from '../save/chunks';

const NUMBERS_PER_LINE = 8;

/** The formulas of nn/activations.ts, in float. */
const ACTIVATIONS: Record<Exclude<Activation, 'leaky-relu'>, string> = {
  relu: 'z < 0.0f ? 0.0f : z',
  sigmoid: '1.0f / (1.0f + expf(-(z < -30.0f ? -30.0f : z > 30.0f ? 30.0f : z)))',
  tanh: 'tanhf(z)',
  gelu: 'z * (1.0f + erff(z * 0.707106781f)) / 2.0f',
};

/**
 * C99 in ASCII. The same network always gives the same bytes, and its numbers round-trip to float32. Throws
 * export-failed.
 */
export function cHeaderChunks(checkpoint: Checkpoint, appVersion: string): Iterable<Chunk> {
  return textChunksOf(parts(checkpoint, appVersion), countNumbers(checkpoint.layers));
}

function* parts(checkpoint: Checkpoint, appVersion: string): Generator<TextPart> {
  yield [beginning(checkpoint, appVersion), 0];
  for (const [k, layer] of checkpoint.layers.entries()) {
    if (k > 0) yield ['\n', 0];
    yield* layerParts(layer, k);
  }
  yield [ending(checkpoint), 0];
}

function beginning(checkpoint: Checkpoint, appVersion: string): string {
  const { layers, dataset } = checkpoint;
  const classNames = dataset.classNames.map(stringLiteral).join(', ');
  return `/* A neural network that classifies images. Weights are [outputs][inputs], row by row.
   Needs C99 and the math library (-lm).

${inComment(JSON.stringify(networkMetadata(checkpoint, appVersion), undefined, 2))}
*/
#ifndef MNIST_NETWORK_H
#define MNIST_NETWORK_H

#include <math.h>

#ifdef __cplusplus
extern "C" {
#endif

#define MNIST_ROWS ${dataset.rows}
#define MNIST_COLUMNS ${dataset.columns}
#define MNIST_INPUTS ${layers[0]!.inputs}
#define MNIST_CLASSES ${layers.at(-1)!.outputs}

static const char *const mnist_class_names[MNIST_CLASSES] = {${classNames}};

`;
}

function ending({ layers, settings }: Checkpoint): string {
  return `
/* output = weight * input + bias */
static inline void mnist_linear(const float *input, int inputs, const float *weight, const float *bias,
                                float *output, int outputs) {
  for (int j = 0; j < outputs; j++) {
    float sum = bias[j];
    for (int i = 0; i < inputs; i++) sum += weight[j * inputs + i] * input[i];
    output[j] = sum;
  }
}
${layers.length > 1 ? activationFunction(settings) : ''}
/* pixels: MNIST_INPUTS numbers, each pixel / 255, row by row.
   probabilities: MNIST_CLASSES numbers whose sum is 1. */
static inline void mnist_predict(const float *pixels, float *probabilities) {
${forward(layers)}
  /* Softmax. Subtracting the largest logit keeps e^z from overflowing. */
  float largest = probabilities[0];
  for (int j = 1; j < MNIST_CLASSES; j++) if (probabilities[j] > largest) largest = probabilities[j];
  float sum = 0.0f;
  for (int j = 0; j < MNIST_CLASSES; j++) sum += probabilities[j] = expf(probabilities[j] - largest);
  for (int j = 0; j < MNIST_CLASSES; j++) probabilities[j] /= sum;
}

#ifdef __cplusplus
}
#endif

#endif
`;
}

function activationFunction({ activation, leakySlope }: ActivationSettings): string {
  const formula = activation === 'leaky-relu' ? `z < 0.0f ? ${leakySlope}f * z : z` : ACTIVATIONS[activation];
  return `
static inline void mnist_activate(float *values, int count) {
  for (int j = 0; j < count; j++) {
    const float z = values[j];
    values[j] = ${formula};
  }
}
`;
}

function* layerParts({ weight, bias, inputs, outputs }: LayerWeights, k: number): Generator<TextPart> {
  const upper = `FC${k + 1}`;
  yield [`#define ${upper}_INPUTS ${inputs}\n#define ${upper}_OUTPUTS ${outputs}\n`, 0];
  yield [`static const float fc${k + 1}_weight[${upper}_OUTPUTS * ${upper}_INPUTS] = {\n`, 0];
  yield* numberLines(weight);
  yield [`\n};\nstatic const float fc${k + 1}_bias[${upper}_OUTPUTS] = {\n`, 0];
  yield* numberLines(bias);
  yield ['\n};\n', 0];
}

/** The calls from the pixels to the logits, which go into the array of the probabilities. */
function forward(layers: readonly LayerWeights[]): string {
  return layers
    .map((_, index) => {
      const k = index + 1;
      const isLast = k === layers.length;
      const output = isLast ? 'probabilities' : `hidden${k}`;
      const call =
        `  mnist_linear(${k === 1 ? 'pixels' : `hidden${index}`}, FC${k}_INPUTS, fc${k}_weight, fc${k}_bias, ` +
        `${output}, FC${k}_OUTPUTS);`;
      return isLast
        ? call
        : `  float ${output}[FC${k}_OUTPUTS];\n${call}\n  mnist_activate(${output}, FC${k}_OUTPUTS);`;
    })
    .join('\n');
}

function* numberLines(values: Float32Array): Generator<TextPart> {
  for (let i = 0; i < values.length; i += NUMBERS_PER_LINE) {
    const line = values.subarray(i, i + NUMBERS_PER_LINE);
    yield [`${i > 0 ? ',\n' : ''}  ${Array.from(line, floatLiteral).join(', ')}`, line.length];
  }
}

/** An integer needs a decimal point: 1f is not valid C. */
function floatLiteral(value: number): string {
  const digits = float32Text(value);
  return /[.e]/.test(digits) ? `${digits}f` : `${digits}.0f`;
}

/** A C string in ASCII: other bytes of its UTF-8 are octal escapes. Question marks too, because ??/ is a trigraph. */
export function stringLiteral(text: string): string {
  const bytes = Array.from(new TextEncoder().encode(text));
  const characters = bytes.map((byte) => {
    const character = String.fromCharCode(byte);
    return /[\w !#$%&'()*+,./:;<=>@[\]^`{|}~-]/.test(character) && byte < 128
      ? character
      : `\\${byte.toString(8).padStart(3, '0')}`;
  });
  return `"${characters.join('')}"`;
}

/** Escapes JSON so that it is ASCII and can neither end a comment nor start one. */
function inComment(json: string): string {
  return json.replace(
    /[^\x20-\x7e\n]|\*/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
