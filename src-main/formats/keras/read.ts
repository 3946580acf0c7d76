// Imports networks of Keras: .keras, .h5 and .weights.h5. The content decides, not the suffix.
import { once, type FileArray } from '../arrays/file-array';
import { networkOfArrays } from '../arrays/network-of-arrays';
import { isHdf5, readHdf5, type Hdf5Group } from '../hdf5/read';
import { refusal, type NetworkFile } from '../open/imported-network';
import { parseMetadata, type Metadata } from '../open/metadata';
import { readZip } from '../zip/read';
import { readModelConfig } from './model-config';
import { storedLayers, toArray, type StoredLayers, type StoredVariable } from './stored-variables';
import { readWeightsOnly } from './weights-only';
import { readWholeModel } from './whole-model';

const ZIP_SIGNATURE = [0x50, 0x4b, 3, 4];
const CONFIG = 'config.json';
const WEIGHTS = 'model.weights.h5';
const MODEL_CONFIG = 'model_config';
const MODEL_WEIGHTS = 'model_weights';
const PART = /_\d{5}\.weights\.h5$/i;
const KEYS_OF_KERAS = /^(?:\d+|kernel|bias|gamma|beta|moving_mean|moving_variance|mean|variance|count|alpha)$/;

/** Throws file-unreadable. */
export function importKeras(bytes: Uint8Array, file: string): NetworkFile {
  if (ZIP_SIGNATURE.every((byte, k) => bytes[k] === byte)) return readArchive(bytes, file);
  if (!isHdf5(bytes)) throw refusal(file, 'it is neither HDF5 nor a ZIP archive, which are the formats of Keras');
  return readHdf5Model(readHdf5(bytes, file), file);
}

/** .keras of Keras 3. */
function readArchive(bytes: Uint8Array, file: string): NetworkFile {
  const entries = readZip(bytes, file);
  const [config, weights] = [entries.get(CONFIG), entries.get(WEIGHTS)];
  if (!config || !weights) {
    const missing = [...(config ? [] : [CONFIG]), ...(weights ? [] : [WEIGHTS])].join(' and ');
    throw refusal(file, `it is a ZIP archive without ${missing}, which model.save("model.keras") writes`);
  }
  const root = readHdf5(weights, file);
  const layers = readModelConfig(new TextDecoder().decode(config), file);
  const stored = storedLayers(root);
  if (layers) return readWholeModel(layers, stored.layers, file);
  const network = readWeightsOnly(stored, undefined, file);
  return {
    ...network,
    notes: [
      'Its model is a Python class, which is not run: the order of the layers was inferred from their weights.',
      ...network.notes,
    ],
  };
}

function readHdf5Model(root: Hdf5Group, file: string): NetworkFile {
  const weights = root.members.get(MODEL_WEIGHTS);
  const config = root.textAttributes().get(MODEL_CONFIG)?.[0];
  const layers = config === undefined ? undefined : readModelConfig(config, file);
  const stored = storedLayers(weights?.kind === 'group' ? weights : root);
  if (layers) return readWholeModel(layers, stored.layers, file);
  if (PART.test(file) && isPart(stored))
    throw refusal(
      file,
      'it is one part of weights that save_weights() split over several files (max_shard_size). Saving the ' +
        'whole model with model.save("model.keras") makes one file',
    );
  return isOfKeras(stored) ? readWeightsOnly(stored, ownMetadata(root), file) : readOtherArrays(stored, file);
}

/** A first part has layers whose weights are in the next part. Later parts have no group for the model itself. */
function isPart({ layers }: StoredLayers): boolean {
  return (
    !layers.some(({ path }) => path === '') ||
    layers.some(({ path, variables }) => /(?:^|\/)dense(?:_\d+)?$/.test(path) && variables.length === 0)
  );
}

/** The metadata that this app stores beside the weights. */
function ownMetadata(root: Hdf5Group): Metadata | undefined {
  const node = root.members.get('metadata');
  return node?.kind === 'dataset' && node.type.kind === 'text'
    ? parseMetadata(new TextDecoder().decode(node.read()))
    : undefined;
}

function isOfKeras({ layers }: StoredLayers): boolean {
  const keys = layers.flatMap(({ variables }) => variables.map(({ key }) => key));
  return keys.length === 0 || keys.some((key) => KEYS_OF_KERAS.test(key));
}

/** Arrays that another program wrote, for example with h5py. */
function readOtherArrays({ layers }: StoredLayers, file: string): NetworkFile {
  const variables = layers.flatMap((layer) => layer.variables);
  return networkOfArrays(
    variables.map((variable) => toFileArray(variable, file)),
    file,
    undefined,
  );
}

function toFileArray(variable: StoredVariable, file: string): FileArray {
  const { shape, type } = variable.dataset;
  const kind = type.kind === 'variable-text' ? 'text' : type.kind;
  return { name: variable.path, type: type.name, kind, shape, numbers: once(() => toArray(variable, file, []).values) };
}
