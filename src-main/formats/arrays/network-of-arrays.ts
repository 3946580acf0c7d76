// Builds a network from the named arrays of a file, whatever the format. Every array is used, reported as ignored, or a
// reason to refuse the file.
import type { LayerWeights } from '../../../src-shared/networks/layers';
import { isSameScaling, UNIT_PIXELS } from '../../../src-shared/networks/pixel-scaling';
import { HIDDEN_FIELD } from '../../../src-shared/settings/settings-fields';
import { foldBefore, hasOnlyFiniteNumbers, roundedLayer, type Affine } from '../open/fold';
import { countOf, refusal, type Candidate, type NetworkFile, type PixelScaling } from '../open/imported-network';
import type { Metadata } from '../open/metadata';
import { assembleNetwork, plainChainNote } from '../open/network-metadata';
import { describe, fits, isAsNamed, layersOf, type Chain } from './chain';
import { inWords, listed, type FileArray } from './file-array';
import { groupLayers, type NamedLayer } from './group-layers';
import { ordersOf, otherOrdersOf } from './layer-order';
import { pixelStatistics } from './pixel-statistics';
import { describePlaces, foldNorms, placesOf } from './place-norms';
import { sortArrays } from './sort-arrays';

/** Files with more possible orders are refused. */
const MAX_CANDIDATES = 24;

/** Throws file-unreadable. */
export function networkOfArrays(
  arrays: readonly FileArray[],
  file: string,
  metadata: Metadata | undefined,
): NetworkFile {
  const sorted = sortArrays(arrays, file);
  const { layers, norms, notes: grouping } = groupLayers(sorted, file);
  const notes = [...roundingNotes(arrays, sorted.ignored), ...grouping];
  if (sorted.ignored.length > 0)
    notes.push(`It also contains ${listed(sorted.ignored)}: ignored, because it is not a weight of the network.`);
  checkCount(layers, file);

  const chains = findChains(layers);
  if (chains.length === 0)
    throw refusal(file, `its layers do not fit each other: ${layers.map(describeLayer).join(', ')}`);
  if (chains.length > MAX_CANDIDATES) {
    throw refusal(
      file,
      `its layers fit each other in more than one way: ${layers.map(describeLayer).join(', ')}. Names such as ` +
        'fc1.weight [out, in], fc2.weight would say which is meant',
    );
  }
  const statistics = pixelStatistics(sorted, file);
  const candidates = chains.flatMap((chain): Candidate[] => {
    const outline = layersOutline(chain);
    return placesOf(norms, chain.layers, outline.outputs, outline.inputs, file).flatMap((placed): Candidate[] => {
      const description = describe(chain) + describePlaces(placed);
      const layers = () => (placed.length > 0 ? foldNorms(layersOf(chain), placed, file) : layersOf(chain));
      if (statistics?.kind !== 'each') return [{ description, layers }];
      const scaled = () => scaledFirst(layers(), statistics.affine, file);
      return [
        { description, layers: scaled, pixelStatistics: 'used' },
        { description, layers, pixelStatistics: 'unused' },
      ];
    });
  });
  if (norms.length > 0)
    notes.push(
      `Its batch normalization ${listed(norms.map(({ key }) => key))} was folded into the linear layers. The ` +
        `file does not store its epsilon: the usual ${norms[0]!.epsilon.toExponential()} was assumed.`,
    );
  const [first] = chains as [Chain];
  if (chains.length === 1 && first.orientation === 'in-out' && !isAlwaysInOut(first))
    notes.push('Its weights are [in, out] and were transposed to [out, in].');
  if (first.biasInput === 'none' && layers.every(({ bias }) => !bias)) notes.push('Its layers have no biases.');
  if (statistics) notes.push(statistics.note);
  const { inputs, outputs } = layersOutline(first);
  notes.push(...plainChainNote([inputs, ...outputs], metadata));
  const network = assembleNetwork(file, candidates, metadata, notes, { pixels: statistics && scalingOf(statistics) });
  // Any other scaling than this app's comes from arrays or metadata that the program may have stored without using
  // them.
  const isHint = statistics ?? (network.pixels && !isSameScaling(network.pixels, UNIT_PIXELS));
  return isHint ? { ...network, pixelsAreHint: true } : network;
}

function scaledFirst([first, ...others]: LayerWeights[], affine: Affine, file: string): LayerWeights[] {
  const scaled = roundedLayer(foldBefore(first!, affine));
  if (!hasOnlyFiniteNumbers(scaled))
    throw refusal(file, 'its scaling of the pixels leads to numbers that float32 cannot hold');
  return [scaled, ...others];
}

function scalingOf(statistics: NonNullable<ReturnType<typeof pixelStatistics>>): PixelScaling {
  return statistics.kind === 'each' ? { mean: 0, deviation: 1 } : statistics.scaling;
}

function checkCount({ length }: readonly NamedLayer[], file: string): void {
  if (length === 0) throw refusal(file, 'it contains no weights');
  const most = HIDDEN_FIELD.maxLayers + 1;
  if (length > most) throw refusal(file, `it contains ${length} layers: at most ${most} can be used`);
}

/** Names take precedence over shapes, and the usual layout of a name over the other one. */
function findChains(layers: readonly NamedLayer[]): Chain[] {
  const named = chainsIn(ordersOf(layers));
  const found = named.length > 0 ? named : chainsIn(otherOrdersOf(layers));
  const asNamed = found.filter(isAsNamed);
  return asNamed.length > 0 ? asNamed : found;
}

/** Biases as an additional input only if nothing else fits. */
function chainsIn(orders: readonly NamedLayer[][]): Chain[] {
  const ways = (biasInput: Chain['biasInput']) =>
    orders
      .flatMap((layers): Chain[] => [
        { layers, orientation: 'out-in', biasInput },
        { layers, orientation: 'in-out', biasInput },
      ])
      .filter(fits);
  const plain = ways('none');
  const isSquareImage = (inputs: number) => Number.isInteger(Math.sqrt(inputs));
  const withBias = [...ways('first'), ...ways('last')];
  // A single layer [785, 10] fits both ways, but images are nearly always square.
  const areLikely = withBias.filter((chain) => isSquareImage(layersOutline(chain).inputs));
  if (plain.length === 0) return withBias;
  return areLikely.length > 0 && !plain.some((chain) => isSquareImage(layersOutline(chain).inputs))
    ? [...areLikely, ...plain]
    : plain;
}

function layersOutline({ layers, orientation, biasInput }: Chain): { inputs: number; outputs: number[] } {
  const outputs = layers.map(({ weight: { shape } }) => shape[orientation === 'out-in' ? 0 : 1]!);
  const inputs = layers[0]!.weight.shape[orientation === 'out-in' ? 1 : 0]!;
  return { inputs: biasInput === 'none' ? inputs : inputs - 1, outputs };
}

function isAlwaysInOut({ layers }: Chain): boolean {
  return layers.every(({ convention }) => convention === 'in-out');
}

function describeLayer({ weight, bias }: NamedLayer): string {
  return [weight, ...(bias ? [bias] : [])].map(inWords).join(' and ');
}

function roundingNotes(arrays: readonly FileArray[], ignored: readonly string[]): string[] {
  const rounded = arrays
    .filter(({ type, name, shape }) => type === 'float64' && !ignored.includes(name) && countOf(shape) > 1)
    .map(({ name }) => name);
  return rounded.length > 0
    ? [`${listed(rounded)} ${rounded.length > 1 ? 'were' : 'was'} rounded from float64 to float32.`]
    : [];
}
