// The kind of a layer in a file of only weights: by its class or name, and the shapes of its variables.
import { refusal } from '../open/imported-network';
import type { NumberArray } from '../open/number-types';
import { lastPart, toArray, type StoredLayer } from './stored-variables';

export interface StoredDense {
  kind: 'dense';
  name: string;
  path: string;
  /** [in, out] */
  kernel: NumberArray;
  bias: NumberArray | undefined;
}

export interface StoredNormalization {
  kind: 'batch-normalization' | 'normalization';
  name: string;
  path: string;
  gamma: NumberArray | undefined;
  beta: NumberArray | undefined;
  mean: NumberArray;
  variance: NumberArray;
}

/** `activation` is a separate layer without variables. */
export type StoredKind =
  StoredDense | StoredNormalization | { kind: 'activation' | 'rescaling' | 'ignored'; name: string; stem: string };

/** Layers that cannot be part of a chain of Dense layers. Those without variables are known only by their names. */
const REFUSED = new RegExp(
  `^(?:${[
    'add|concatenate|multiply|subtract|average|maximum|minimum|dot',
    '(?:separable_|depthwise_)?conv\\w*|\\w*pooling\\w*',
    'layer_normalization|group_normalization|unit_normalization|rms_normalization',
    'embedding|einsum_dense|lambda|permute|e_?l_?u|p_?re_?lu|thresholded_re_lu',
    'resizing|center_crop|zero_padding\\w*|up_sampling\\w*|cropping\\w*',
    'time_distributed|category_encoding|masking|repeat_vector|lstm|gru|simple_rnn|bidirectional|\\w*attention',
  ].join('|')})$`,
);
const ACTIVATIONS = /^(?:activation|re_?lu|leaky_re_?lu)$/;
const BATCH_NORMALIZATION = /batch_?norm|^bn/;
const NUMBER_AT_END = /_?\d+$/;
const DENSE_ROLES = ['kernel', 'bias'];
const BATCH_ROLES = ['gamma', 'beta', 'moving_mean', 'moving_variance'];
const NORMALIZATION_ROLES = ['mean', 'variance', 'count'];

/**
 * @param notes receives what was done. Throws file-unreadable for layers that do not belong to a chain of Dense layers.
 */
export function kindOf(layer: StoredLayer, file: string, notes: string[]): StoredKind {
  const { path, name, variables } = layer;
  const stems = [lastPart(path), name].map((part) => part.replace(NUMBER_AT_END, '').toLowerCase());
  const foreign = () =>
    refusal(
      file,
      `its layer “${name || 'of the model itself'}” does not belong to a chain of Dense ` +
        `layers${variables.length > 0 ? ` (${variables.map((variable) => variable.path).join(', ')})` : ''}`,
    );
  if (stems.some((stem) => REFUSED.test(stem))) throw foreign();
  if (variables.length === 0) {
    if (stems[0] === 'dense')
      throw refusal(
        file,
        `its layer “${name}” has no weights: they may be in another file, or the model was saved before it was built`,
      );
    return {
      kind: stems.some((stem) => ACTIVATIONS.test(stem))
        ? 'activation'
        : stems.includes('rescaling')
          ? 'rescaling'
          : 'ignored',
      name,
      stem: stems[0]!,
    };
  }
  const quantized = variables.find(
    ({ key, dataset }) => dataset.type.kind === 'integer' && key !== 'count' && dataset.shape.length > 0,
  );
  if (quantized)
    throw refusal(
      file,
      `its layer “${name}” is quantized to ${quantized.dataset.type.name}. Saving the model before quantize() helps`,
    );
  const sides = variables.map(({ dataset }) => dataset.shape.length).join('');
  const keys = variables.map(({ key }) => key);
  const isNumbered = keys.every((key) => /^\d+$/.test(key));
  const roles = isNumbered
    ? rolesByShape(
        sides,
        stems.some((stem) => BATCH_NORMALIZATION.test(stem)),
      )
    : keys;
  const array = (role: string) => {
    const at = roles?.indexOf(role) ?? -1;
    return at < 0 ? undefined : toArray(variables[at]!, file, notes);
  };
  const isOnly = (known: readonly string[]) => roles?.every((role) => known.includes(role)) === true;
  if (path !== '' && roles?.includes('kernel') && isOnly(DENSE_ROLES))
    return dense({ name, path, kernel: array('kernel')!, bias: array('bias') }, file, foreign);
  if (roles?.includes('moving_mean') && roles.includes('moving_variance') && isOnly(BATCH_ROLES)) {
    return {
      kind: 'batch-normalization',
      name,
      path,
      gamma: array('gamma'),
      beta: array('beta'),
      mean: array('moving_mean')!,
      variance: array('moving_variance')!,
    };
  }
  if (roles?.includes('mean') && roles.includes('variance') && isOnly(NORMALIZATION_ROLES)) {
    return {
      kind: 'normalization',
      name,
      path,
      gamma: undefined,
      beta: undefined,
      mean: array('mean')!,
      variance: array('variance')!,
    };
  }
  throw foreign();
}

/** @param sides the rank of each variable, such as 21 for a kernel and a bias */
function rolesByShape(sides: string, isBatchNormalization: boolean): readonly string[] | undefined {
  if (sides === '2' || sides === '21') return DENSE_ROLES.slice(0, sides.length);
  if (sides === '1111') return BATCH_ROLES;
  if (sides === '11' && isBatchNormalization) return BATCH_ROLES.slice(2);
  return /^(\d)\1[0]$/.test(sides) ? NORMALIZATION_ROLES : undefined;
}

function dense(layer: Omit<StoredDense, 'kind'>, file: string, foreign: () => Error): StoredDense {
  const { name, kernel, bias } = layer;
  const [, outputs] = kernel.shape;
  if (kernel.shape.length !== 2) throw foreign();
  if (bias && bias.shape.join() !== String(outputs)) {
    throw refusal(
      file,
      `the kernel [${kernel.shape.join(', ')}] and the bias [${bias.shape.join(', ')}] of its layer “${name}” ` +
        'do not match',
    );
  }
  return { kind: 'dense', ...layer };
}
