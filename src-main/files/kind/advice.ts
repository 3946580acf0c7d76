// What a person can do about a file of an unexpected kind: a sentence or two for each kind and purpose.
import { innermost, type FileKind, type FileKindId } from './kinds';

/** What the file should have been. */
export type Purpose = 'dataset' | 'network';

type Advice = Readonly<Record<Purpose, string>>;

const both = (advice: string): Advice => ({ dataset: advice, network: advice });

const AGAIN = both('Please download or copy the file again.');
const FROM_THE_SOURCE = both('Please download it again, from an address that gives the file itself.');
const UNPACK = both('Please unpack it, and choose what comes out.');
const AS_BYTES = both('Please download or copy the original again, as bytes (FTP calls this “binary”).');
const NOTES = both('Please choose the file of the same name without what its system put before or behind it.');
const OTHER: Advice = {
  dataset: 'Please choose a folder with the files of a dataset.',
  network: 'Please choose the file of a network.',
};

/** The last line of each Python advice, whatever the images were read from. */
const ARRAYS = 'numpy.savez("mnist.npz", x_train=x_train, y_train=y_train, x_test=x_test, y_test=y_test)';
const WEIGHTS = 'numpy.savez("network.npz", W1=W1, b1=b1, W2=W2, b2=b2)';
const COEFS =
  'numpy.savez("network.npz", **{f"coefs_{k}": w for k, w in enumerate(model.coefs_)}, **{f"intercepts_{k}": b ' +
  'for k, b in enumerate(model.intercepts_)})';
const TORCH = 'safetensors.torch.save_file(model.state_dict(), "network.safetensors")';
const KERAS = 'model.save_weights("network.weights.h5")';
const FLAX = 'safetensors.flax.save_file(flax.traverse_util.flatten_dict(params, sep="."), "network.safetensors")';
const MATLAB =
  'numpy.savez("network.npz", **{k: v for k, v in scipy.io.loadmat("network.mat").items() if k[0] != "_"})';
const PROGRAM = 'It may hold a program that runs when it is opened, so it is not opened.';

const saveArrays = (read: string) => `Please save its images and labels in Python: ${read}${ARRAYS}.`;
const saveNetwork = (line: string) => `Please save the network in Python with ${line}.`;

const TORCH_ADVICE: Advice = {
  dataset:
    `${PROGRAM} ` +
    saveArrays(
      'images, labels = torch.load("training.pt"), with .numpy() of each as x_train and y_train, ' +
        'and likewise for testing; then ',
    ),
  network: `${PROGRAM} ${saveNetwork(TORCH)}`,
};
const PICKLE_ADVICE: Advice = {
  dataset: `${PROGRAM} ${saveArrays('')}`,
  network:
    `${PROGRAM} Please save the network in Python instead. From PyTorch: ${TORCH}. From NumPy: ${WEIGHTS}. ` +
    `From scikit-learn: ${COEFS}. From Keras: ${KERAS}.`,
};
const KERAS_ADVICE: Advice = { dataset: OTHER.dataset, network: saveNetwork(KERAS) };
const TABLE_ADVICE: Advice = {
  dataset: 'Expected a line for each image: its label, and then its pixels from 0 to 255.',
  network:
    'Please save the arrays in Python: numpy.savez("network.npz", W1=numpy.loadtxt("W1.csv", delimiter=","), …).',
};

const ADVICE: Readonly<Record<FileKindId, Advice>> = {
  empty: AGAIN,
  zeros: both('Its content never arrived. Please download or copy the file again.'),
  unfinished: both('Please wait until the download is complete, or download it again.'),
  'mac-notes': NOTES,
  'system-notes': NOTES,
  shortcut: both('Please choose what it leads to.'),
  'web-page': FROM_THE_SOURCE,
  'server-message': FROM_THE_SOURCE,
  'lfs-pointer': both('Please run “git lfs pull” in its repository, or download the file itself.'),
  settings: both('Please open it where settings are opened.'),
  run: both('Please open the run in this app, from its list of runs.'),
  'network-json': { dataset: 'Please open it where networks are opened.', network: AGAIN.network },
  json: OTHER,
  xml: OTHER,
  csv: TABLE_ADVICE,
  base64: both('Please decode it: in Python with base64.b64decode, on the command line with base64 --decode.'),
  text: OTHER,
  gzip: AGAIN,
  'double-gzip': both('Please unpack it once with gunzip or 7-Zip, and use what comes out.'),
  packed: UNPACK,
  zlib: both('Please unpack it in Python with zlib.decompress, or use the original file.'),
  deflate: both('Please unpack it in Python with zlib.decompress(data, wbits=-15), or use the original file.'),
  tar: UNPACK,
  zip: UNPACK,
  npz: {
    dataset:
      'Expected arrays whose names say train or test, and images or labels, such as x_train, y_train, x_test ' +
      'and y_test.',
    network: OTHER.network,
  },
  torch: TORCH_ADVICE,
  keras: KERAS_ADVICE,
  workbook: { dataset: 'Please save the table as CSV there.', network: OTHER.network },
  idx: {
    dataset: 'Please choose the folder that it is in.',
    network: 'Please open the folder that it is in as a dataset.',
  },
  'little-endian-idx': both(
    'Please write its header again with big-endian numbers, in Python with struct.pack(">I", …), or use the ' +
      'original file.',
  ),
  'changed-idx': AS_BYTES,
  npy: {
    dataset: saveArrays('x_train = numpy.load("x_train.npy"), and likewise the other three; then '),
    network: 'One array is not a whole network. Please save all of them in one file with ' + WEIGHTS + '.',
  },
  pickle: PICKLE_ADVICE,
  'sklearn-pickle': { dataset: PICKLE_ADVICE.dataset, network: `${PROGRAM} ${saveNetwork(COEFS)}` },
  'numpy-pickle': { dataset: PICKLE_ADVICE.dataset, network: `${PROGRAM} ${saveNetwork(WEIGHTS)}` },
  'torch-pickle': TORCH_ADVICE,
  joblib: {
    dataset: PICKLE_ADVICE.dataset,
    network: `${PROGRAM} Please load it with joblib.load and save the network with ${COEFS}.`,
  },
  hdf5: { dataset: saveArrays('read them with h5py; then '), network: saveNetwork(KERAS) },
  matlab: { dataset: saveArrays('read them with scipy.io.loadmat; then '), network: saveNetwork(MATLAB) },
  parquet: {
    dataset: saveArrays(
      'd = pandas.read_parquet("train.parquet"), x_train = ' +
        '[numpy.array(PIL.Image.open(io.BytesIO(i["bytes"]))) for i in d["image"]], y_train = d["label"], and ' +
        'likewise for testing; then ',
    ),
    network: OTHER.network,
  },
  tfrecord: {
    dataset: saveArrays(
      '(x_train, y_train), (x_test, y_test) = tfds.as_numpy(tfds.load("mnist", split=["train", "test"], ' +
        'batch_size=-1, as_supervised=True)); then ',
    ),
    network: OTHER.network,
  },
  safetensors: { dataset: saveArrays('read them with safetensors.numpy.load_file; then '), network: AGAIN.network },
  onnx: { dataset: 'Please open it where networks are opened.', network: AGAIN.network },
  'saved-model': KERAS_ADVICE,
  flax: { dataset: OTHER.dataset, network: saveNetwork(FLAX) },
  tflite: {
    dataset: OTHER.dataset,
    network:
      'Please save the network in the program that it was trained in: ' +
      KERAS +
      ' in Keras, or ' +
      TORCH +
      ' in PyTorch.',
  },
  png: { dataset: 'Expected a folder of pictures for each class, with the name of the class.', network: OTHER.network },
  picture: { dataset: 'Please save the pictures as PNG, in a folder for each class.', network: OTHER.network },
  pdf: OTHER,
  program: OTHER,
  database: OTHER,
};

/** The advice in sentences, for a file of this kind that was opened for this purpose. */
export function adviceFor(kind: FileKind, purpose: Purpose): string {
  const own = kind.id === 'gzip' || kind.inside?.id === 'joblib' ? innermost(kind) : kind;
  return ADVICE[own.id][purpose];
}
