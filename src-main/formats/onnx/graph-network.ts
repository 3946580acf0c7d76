// Turns the outputs of a graph into layers: the chain from the pixels to the last layer, to which all outputs must
// belong.
import type { LayerWeights } from '../../../src-shared/networks/layers';
import type { Activation } from '../../../src-shared/settings/settings';
import { HIDDEN_FIELD } from '../../../src-shared/settings/settings-fields';
import { RAW_PIXELS, refusal, UNIT_PIXELS, type PixelScaling } from '../open/imported-network';
import { pixelsOf } from '../open/pixel-scaling';
import { endOf, isLastLayer } from './end';
import { weightsOf } from './linear-layer';
import { risingArgument } from './recognise-activation';
import { known } from './signal-functions';
import { scaledLayer, type Activated, type Linear, type Signal, type Source } from './signal';
import type { End, Value } from './value';

export interface GraphNetwork {
  layers: LayerWeights[];
  activation: Activation | undefined;
  leakySlope: number | undefined;
  pixels: PixelScaling | undefined;
  /** If undefined, the graph does not name its classes, or calls them 0, 1, 2, … */
  classNames: string[] | undefined;
  notes: string[];
}

/** Relative, because 1/255 is a float32 in the graph. */
const DIVISOR_TOLERANCE = 1e-6;
const OTHER_END =
  'Its graph does not end with softmax. The classes are the same here, but the probabilities are those of softmax.';

/** @param isIntegerInput true if the pixels are integers. Throws file-unreadable */
export function networkOf(outputs: ReadonlyMap<string, Value>, isIntegerInput: boolean, file: string): GraphNetwork {
  const ends = [...outputs].map(([name, value]): [string, End | Signal] => [name, finalOf(value, name, file)]);
  const [main] = ends
    .map(([, value]) => asEnd(value))
    .filter((end) => end !== undefined)
    .sort((a, b) => rank(b) - rank(a));
  if (!main) throw notAnEnd(ends, file);
  const { source, scale, offset, order } = main.outputs;
  const chain = chainOf(source);
  for (const [name, value] of ends) {
    const last = value.kind === 'end' ? value.outputs.source : rootOf(value.source);
    if (last !== source && !belongs(last, chain))
      throw refusal(file, `its output “${name}” belongs to another chain of layers than its other outputs`);
  }
  if (chain.length > HIDDEN_FIELD.maxLayers + 1)
    throw refusal(file, `it has ${chain.length} layers: at most ${HIDDEN_FIELD.maxLayers + 1} can be used`);
  const classes = ends
    .map(([, value]) => (value.kind === 'end' ? value.classes : undefined))
    .find((names) => names !== undefined);
  const sorted = classes && orderOfNumbers(classes, source.outputs);
  const rows = sorted && Int32Array.from(sorted, (row) => order?.[row] ?? row);
  const taken = isIntegerInput ? RAW_PIXELS : pixelsTakenBy(chain[0]!);
  const [pixels, columnScale] =
    taken === RAW_PIXELS && dividesBy255(chain[0]!) ? [UNIT_PIXELS, 1] : [taken, chain[0]!.columnScale];
  const linears = [...chain.slice(0, -1), scaledLayer(source, scale, offset)];
  linears[0] = { ...linears[0]!, columnScale };
  const layers = linears.map((layer, k) => weightsOf(layer, k === linears.length - 1 ? (rows ?? order) : undefined));
  checkFinite(layers, chain, file);
  const { activation, slope } = activationOf(chain, file);
  const notes = main.form === 'ordered' ? [OTHER_END] : [];
  return { layers, activation, leakySlope: slope, pixels, classNames: sorted ? undefined : classes, notes };
}

function pixelsTakenBy({ columnScale, inputOffset, isMeasured }: Linear): PixelScaling | undefined {
  const list = (values: number | Float64Array) => (typeof values === 'number' ? [values] : values);
  return pixelsOf({ scale: list(columnScale), offset: list(inputOffset), isMeasured });
}

/**
 * True if the graph divides pixels by 255 itself. The first layer then takes pixels from 0 to 1 as it is: dividing its
 * weights by 255 would round them once more.
 */
function dividesBy255({ columnScale, inputOffset }: Linear): boolean {
  return typeof columnScale === 'number' && Math.abs(255 * columnScale - 1) < DIVISOR_TOLERANCE && inputOffset === 0;
}

/**
 * The positions of the classes 0, 1, 2, …, if those are their names: sorted as text, 10 comes before 2.
 * @returns undefined for other names
 */
function orderOfNumbers(classes: readonly string[], count: number): number[] | undefined {
  const places = Array.from({ length: count }, (_, number) => classes.indexOf(String(number)));
  return classes.length === count && !places.includes(-1) ? places : undefined;
}

function finalOf(value: Value, name: string, file: string): End | Signal {
  if (value.kind === 'constant') throw refusal(file, `its output “${name}” is a constant`);
  if (value.kind === 'end' || value.source.kind !== 'pointwise') return value;
  // Either a monotonic function of the class scores, or the activation of a hidden layer that is also an output.
  return risingArgument(value) ? value : known(file, value);
}

/** The value as class scores, of which the largest is the prediction. @returns undefined if it is something else */
function asEnd(value: End | Signal): End | undefined {
  if (value.kind === 'end') return value.form === 'number' || value.form === 'positive' ? undefined : value;
  if (isLastLayer(value)) return endOf('shifted', value);
  if (value.source.kind !== 'pointwise') return undefined;
  const [scale, offset] = risingArgument(value)!;
  return endOf('ordered', { ...value, source: value.source.of, scale, offset });
}

/** Prefers the deepest output, and of those the one that says most about the probabilities. */
function rank({ form, outputs }: End): number {
  return 10 * chainOf(outputs.source).length + ['class', 'ordered', 'shifted', 'proportional'].indexOf(form);
}

function notAnEnd(ends: readonly [string, End | Signal][], file: string): Error {
  const [, value] = ends[0] ?? ['', undefined];
  if (value?.kind === 'signal' && value.source.kind === 'activated') {
    return refusal(
      file,
      `its graph does not end with a linear layer, but with the activation of its node ${value.source.label}`,
    );
  }
  return refusal(file, 'its graph does not end with a linear layer, or with one and a softmax');
}

function rootOf(source: Source): Source {
  return source.kind === 'pointwise' ? source.of : source;
}

function chainOf(last: Linear): Linear[] {
  const chain = [last];
  for (let { input } = last; input.kind === 'activated'; { input } = input.of) chain.unshift(input.of);
  return chain;
}

/** True if a layer of the chain takes or returns this source. */
function belongs(source: Source, chain: readonly Linear[]): boolean {
  return chain.some((layer) => layer === source || layer.input === source);
}

function activationOf(
  chain: readonly Linear[],
  file: string,
): { activation: Activation | undefined; slope: number | undefined } {
  const [first, ...others] = chain.slice(1).map(({ input }) => input as Activated);
  const other = others.find(({ activation, slope }) => activation !== first!.activation || slope !== first!.slope);
  if (other)
    throw refusal(
      file,
      `it has two activations, ${described(first!)} and ${described(other)}, but one is expected for all ` +
        'hidden layers',
    );
  return { activation: first?.activation, slope: first?.slope };
}

function described({ activation, slope, label }: Activated): string {
  return `${activation}${slope === undefined ? '' : ` of slope ${slope}`} at its node ${label}`;
}

function checkFinite(layers: readonly LayerWeights[], chain: readonly Linear[], file: string): void {
  const damaged = layers.findIndex(
    ({ weight, bias }) => !weight.every(Number.isFinite) || !bias.every(Number.isFinite),
  );
  if (damaged >= 0)
    throw refusal(
      file,
      `its layer at the node ${chain[damaged]!.label} holds NaN, infinity or a number too large for float32: ` +
        'only finite weights can be used',
    );
}
