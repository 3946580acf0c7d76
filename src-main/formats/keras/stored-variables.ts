// Finds the variables of each layer in files of all versions of Keras.
import { countOf, refusal } from '../open/imported-network';
import type { Hdf5Dataset, Hdf5Group, Hdf5Node } from '../hdf5/read';
import { toFloat32, type NumberArray } from '../open/number-types';
import { naturalOrder } from '../../files/natural-order';

export interface StoredVariable {
  /** As in the file, separated by /. */
  path: string;
  /** Its index among the layer's variables, such as 0, or its name, such as kernel. */
  key: string;
  dataset: Hdf5Dataset;
}

export interface StoredLayer {
  /** Such as layers/dense, or model_weights/dense/dense. Built from classes by Keras 3, from names by Keras 2. */
  path: string;
  /** The name in the model. */
  name: string;
  /** Sorted by their keys. A layer such as Dropout has none. */
  variables: StoredVariable[];
}

export interface StoredLayers {
  layers: StoredLayer[];
  /** Names of the layers in the order of the model, if the file states it. */
  order: string[] | undefined;
}

const DEEPEST = 20;
const NUMBERED = /^(?:(?<layer>.*)\/)?vars(?:\/(?<key>\d+))?$/;
/** Optimizer states, random seeds of dropout, sums of metrics and losses. */
const NO_WEIGHTS =
  /(?:^|\/)(?:optimizer|optimizer_weights|metrics|_?\w*metrics|\w*_tracker|\w*seed_generator|random_generator)(?:\/|$)/;
/** The container of layers in Keras 2.12 to 2.15. */
const CONTAINER_OF_2_12 = /(^|\/)_layer_checkpoint_dependencies(?=\/)/g;
/** TensorFlow adds :0. */
const TENSOR_NUMBER = /:\d+$/;
/** Keras 1 named a kernel dense_1_W. */
const KERAS_1 = /^.*_(?<role>[Wb])$/;
const KERAS_1_ROLES: Readonly<Record<string, string>> = { W: 'kernel', b: 'bias' };

/** @param root the root of the file, or its group model_weights */
export function storedLayers(root: Hdf5Group): StoredLayers {
  const layers = new Map<string, StoredLayer>();
  const seen = new Set<Hdf5Node>();
  const layerOf = (path: string, name: string) => {
    const layer = layers.get(path) ?? { path, name, variables: [] };
    layers.set(path, layer);
    return layer;
  };
  const visit = (node: Hdf5Node, path: string, depth: number) => {
    if (seen.has(node) || depth > DEEPEST) return;
    seen.add(node);
    if (NO_WEIGHTS.test(path)) return;
    const numbered = NUMBERED.exec(path)?.groups;
    if (node.kind === 'group') {
      if (numbered)
        layerOf(numbered['layer'] ?? '', node.textAttributes().get('name')?.[0] ?? lastPart(numbered['layer'] ?? ''));
      for (const [name, member] of node.members) visit(member, joined(path, name), depth + 1);
    } else if (node.type.kind === 'text') {
      return; // no weights
    } else if (numbered?.['key'] !== undefined) {
      layerOf(numbered['layer'] ?? '', lastPart(numbered['layer'] ?? '')).variables.push({
        path,
        key: numbered['key'],
        dataset: node,
      });
    } else {
      const layer = path.slice(0, Math.max(0, path.lastIndexOf('/')));
      layerOf(layer, lastPart(layer)).variables.push({ path, key: keyOf(path), dataset: node });
    }
  };
  visit(root, '', 0);
  for (const { variables } of layers.values()) variables.sort((a, b) => naturalOrder(a.key, b.key));
  return { layers: [...layers.values()], order: orderOf(root) };
}

function joined(path: string, name: string): string {
  const plain = name.replaceAll('\\', '/');
  return (path === '' ? plain : `${path}/${plain}`).replace(CONTAINER_OF_2_12, '$1layers');
}

export function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function keyOf(path: string): string {
  const name = lastPart(path).replace(TENSOR_NUMBER, '');
  const role = KERAS_1.exec(name)?.groups?.['role'];
  return role === undefined ? name : KERAS_1_ROLES[role]!;
}

/** The attribute layer_names of Keras 2. A long list is split over several attributes. */
function orderOf(root: Hdf5Group): string[] | undefined {
  const attributes = root.textAttributes();
  const whole = attributes.get('layer_names');
  if (whole) return whole;
  const parts: string[] = [];
  for (let k = 0; attributes.has(`layer_names${k}`); k++) parts.push(...attributes.get(`layer_names${k}`)!);
  return parts.length > 0 ? parts : undefined;
}

/** @param notes receives a note if the numbers are rounded. Throws file-unreadable. */
export function toArray({ path, dataset }: StoredVariable, file: string, notes: string[]): NumberArray {
  const { shape, type } = dataset;
  if (type.kind === 'integer')
    throw refusal(file, `its variable “${path}” is of the type ${type.name}: expected floats`);
  if (isBrainFloat(dataset))
    throw refusal(
      file,
      `its variable “${path}” is of the type bfloat16, whose results float32 does not reproduce. Saving the ` +
        'model with the dtype policy float32 helps',
    );
  if (type.kind !== 'float')
    throw refusal(file, `its variable “${path}” is of the type ${type.name}: expected float16, float32 or float64`);
  if (type.name === 'float64') notes.push(`“${path}” was rounded from float64 to float32.`);
  const values = toFloat32(
    { name: path, type: type.name, bytes: dataset.read(), count: countOf(shape), littleEndian: type.littleEndian },
    file,
  );
  return { name: path, shape, values };
}

/** Keras stores bfloat16 as two opaque bytes, which an attribute may explain. */
function isBrainFloat({ type }: Hdf5Dataset): boolean {
  return (
    (type.kind === 'float' && type.name === 'bfloat16') ||
    (type.kind === 'other' && type.name === 'opaque' && type.bytes === 2)
  );
}
