// Imports a file that contains only weights, written by save_weights of any version. It states neither the activation
// nor, in Keras 3, the order of the layers. If several orders fit, each is a candidate.
import { transposed } from '../save/transposed';
import { HIDDEN_FIELD } from '../../../src-shared/settings/settings-fields';
import { batchNormAffine, type Affine } from '../open/fold';
import { refusal, type Candidate, type NetworkFile } from '../open/imported-network';
import type { Metadata } from '../open/metadata';
import { assembleNetwork, plainChainNote, type StatedByFormat } from '../open/network-metadata';
import { arrangements, denseOrders, type Arrangement } from './layer-order';
import { normalizationAffine } from './normalization';
import { chainOf, roundedLayers, type Step } from './steps';
import { kindOf, type StoredDense, type StoredKind, type StoredNormalization } from './stored-kinds';
import type { StoredLayers } from './stored-variables';

/** Keras's default; the file does not store it. */
const USUAL_EPSILON = 1e-3;
const MAX_CANDIDATES = 24;
const LEAKY_LAYER = /^leaky_re_lu(?:_\d+)?$/;
/** The side of the activation on which batch normalization is. */
type Side = 'before' | 'after';

/** Throws file-unreadable. */
export function readWeightsOnly(
  { layers, order }: StoredLayers,
  metadata: Metadata | undefined,
  file: string,
): NetworkFile {
  const notes: string[] = [];
  const kinds = layers.map((layer) => kindOf(layer, file, notes));
  const dense = kinds.filter((kind): kind is StoredDense => kind.kind === 'dense');
  const normalizations = kinds.filter(
    (kind): kind is StoredNormalization => kind.kind === 'batch-normalization' || kind.kind === 'normalization',
  );
  if (dense.length === 0) throw refusal(file, 'it contains no weights of Dense layers');
  if (dense.length > HIDDEN_FIELD.maxLayers + 1)
    throw refusal(file, `it contains ${dense.length} layers: at most ${HIDDEN_FIELD.maxLayers + 1} can be used`);

  const ways = order
    ? orderedWays(
        order,
        layers.map(({ path }) => path),
        kinds,
        dense,
        normalizations,
      )
    : openWays(dense, normalizations, kinds);
  if (ways.length === 0)
    throw refusal(file, `its layers do not fit each other: ${[...dense, ...normalizations].map(describe).join(', ')}`);
  if (ways.length > MAX_CANDIDATES)
    throw refusal(
      file,
      `its layers fit each other in ${ways.length} ways: ${dense.map(describe).join(', ')}. Saving the whole ` +
        'model, as .keras, says which is meant',
    );

  if (normalizations.some(({ kind }) => kind === 'batch-normalization'))
    notes.push(
      'Its batch normalization was folded into its Dense layers. The file does not store its epsilon: the usual ' +
        `${USUAL_EPSILON} was assumed.`,
    );
  if (normalizations.some(({ kind }) => kind === 'normalization'))
    notes.push('Its normalization of the pixels was folded into its first Dense layer.');
  if (kinds.some(({ kind }) => kind === 'rescaling'))
    notes.push('Its model scales the pixels, but the file does not say how.');
  notes.push(...plainChainNote(sizesOf(ways[0]!.dense), metadata));
  return assembleNetwork(
    file,
    ways.map((way) => candidate(way, file)),
    metadata,
    notes,
    dense.length > 1 ? statedActivation(kinds, order) : {},
  );
}

function sizesOf(dense: readonly StoredDense[]): number[] {
  return [dense[0]!.kernel.shape[0]!, ...dense.map(({ kernel }) => kernel.shape[1]!)];
}

interface Way extends Arrangement {
  side: Side;
}

function candidate(way: Way, file: string): Candidate {
  const names = way.dense.map(({ name }) => name).join(', ');
  const isSideOpen = [...way.normalizations.keys()].some((slot) => slot > 0 && slot < way.dense.length);
  const description = isSideOpen ? `${names}; batch normalization ${way.side} the activation` : names;
  return { description, layers: () => roundedLayers(chainOf(stepsOf(way), file), file) };
}

function stepsOf({ dense, normalizations, side }: Way): Step[] {
  const normalizationAt = (slot: number): Step[] => {
    const found = normalizations.get(slot);
    if (!found) return [];
    const affine = affineOf(found);
    return [
      { name: found.name, kind: 'affine', affine: slot === 0 ? repeated(affine, dense[0]!.kernel.shape[0]!) : affine },
    ];
  };
  return dense.reduce<Step[]>((steps, layer, k) => {
    const [inputs, outputs] = layer.kernel.shape as [number, number];
    const weight = transposed(layer.kernel.values, inputs, outputs);
    const linear: Step = {
      name: layer.name,
      kind: 'linear',
      layer: { weight, bias: layer.bias?.values ?? new Float32Array(outputs), inputs, outputs },
    };
    const activation: Step[] =
      k + 1 < dense.length ? [{ name: layer.name, kind: 'activation', function: 'unknown' }] : [];
    const normalization = normalizationAt(k + 1);
    return [
      ...steps,
      linear,
      ...(side === 'before' ? [...normalization, ...activation] : [...activation, ...normalization]),
    ];
  }, normalizationAt(0));
}

/** Repeats the numbers of each column for all rows of an image. */
function repeated({ scale, offset }: Affine, pixels: number): Affine {
  if (scale.length === 1) return { scale, offset };
  const repeat = (values: ArrayLike<number>) =>
    Float64Array.from({ length: pixels }, (_, k) => values[k % values.length]!);
  return { scale: repeat(scale), offset: repeat(offset) };
}

function affineOf({ kind, gamma, beta, mean, variance }: StoredNormalization): Affine {
  if (kind === 'normalization') return normalizationAffine(mean.values, variance.values);
  return batchNormAffine({
    gamma: gamma?.values,
    beta: beta?.values,
    mean: mean.values,
    variance: variance.values,
    epsilon: USUAL_EPSILON,
  });
}

/** For Keras 3: shapes, and numbers in the names, decide. */
function openWays(
  dense: readonly StoredDense[],
  normalizations: readonly StoredNormalization[],
  kinds: readonly StoredKind[],
): Way[] {
  const all = denseOrders(dense).flatMap((order) => arrangements(order, normalizations));
  const isSideOpen = normalizations.some(
    ({ kind, mean }) => kind === 'batch-normalization' && mean.values.length !== dense[0]!.kernel.shape[0],
  );
  // In a list of layers, an activation that is not a separate layer is part of a Dense layer, so that it comes before
  // the normalization.
  const isList = dense[0]!.path.startsWith('layers/');
  const sides: Side[] =
    isList && !kinds.some(({ kind }) => kind === 'activation') ? ['after', 'before'] : ['before', 'after'];
  return isSideOpen
    ? sides.flatMap((side) => all.map((way): Way => ({ ...way, side })))
    : all.map((way): Way => ({ ...way, side: 'before' }));
}

/** For Keras 2: the file lists the layers in the order of the model. */
function orderedWays(
  order: readonly string[],
  paths: readonly string[],
  kinds: readonly StoredKind[],
  dense: readonly StoredDense[],
  normalizations: readonly StoredNormalization[],
): Way[] {
  const places = new Map(kinds.map((kind, k) => [kind, order.indexOf(paths[k]!.split('/')[0]!)]));
  const placeOf = (kind: StoredKind) => places.get(kind)!;
  const sorted = <K extends StoredKind>(list: readonly K[]) => [...list].sort((a, b) => placeOf(a) - placeOf(b));
  const isComplete =
    new Set([...dense, ...normalizations].map(placeOf)).size === dense.length + normalizations.length &&
    [...dense, ...normalizations].every((kind) => placeOf(kind) >= 0);
  if (!isComplete) return openWays(dense, normalizations, kinds); // The list contains only the names of nested models.
  const inOrder = sorted(dense);
  const fit = arrangements(inOrder, normalizations).filter(({ normalizations: placed }) =>
    [...placed].every(
      ([slot, normalization]) => slot === inOrder.filter((layer) => placeOf(layer) < placeOf(normalization)).length,
    ),
  );
  const isActivation = (name: string) => /^(?:activation|re_lu|leaky_re_lu)(?:_\d+)?$/.test(name);
  const first = sorted(normalizations).find((normalization) => placeOf(normalization) > placeOf(inOrder[0]!));
  const previous = first && inOrder.filter((layer) => placeOf(layer) < placeOf(first)).at(-1)!;
  const between = previous ? order.slice(placeOf(previous) + 1, placeOf(first)) : [];
  const after = first ? order.slice(placeOf(first) + 1) : [];
  const side: Side = between.some(isActivation) || !after.some(isActivation) ? 'after' : 'before';
  return inOrder.every((layer, k) => k === 0 || inOrder[k - 1]!.kernel.shape[1] === layer.kernel.shape[0])
    ? fit.map((way): Way => ({ ...way, side }))
    : [];
}

/** A separate LeakyReLU layer shows the activation, but not its slope. A ReLU layer may have a slope or be capped. */
function statedActivation(kinds: readonly StoredKind[], order: readonly string[] | undefined): StatedByFormat {
  const stems = new Set(kinds.flatMap((kind) => (kind.kind === 'activation' ? [kind.stem] : [])));
  for (const name of order ?? []) if (LEAKY_LAYER.test(name)) stems.add('leaky_re_lu');
  return stems.size === 1 && stems.has('leaky_re_lu') ? { activation: 'leaky-relu' } : {};
}

function describe(layer: StoredDense | StoredNormalization): string {
  const { shape } = layer.kind === 'dense' ? layer.kernel : layer.mean;
  return `${layer.name} [${shape.join(', ')}]`;
}
