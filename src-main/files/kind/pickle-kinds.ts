// Recognizes Python's pickles, which are programs that build objects. They are never run; only names in them are
// searched.
import { latin1, startsWith } from './bytes';
import type { FileKind, FileInspection } from './kinds';

/** The number with which torch.save began before PyTorch 1.6, as a pickle of protocol 2. */
const TORCH_START = [0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];
/** Protocols 0 and 1: an object's name, a dictionary, a list or a tuple, as the first steps of the program. */
// eslint-disable-next-line no-control-regex
const TEXT_PICKLE = /^(?:\(*[ci][\w.]+\n[\w.]+\n|\(+(?:dp|lp)\d+\n|\(*[\]}]q\x00)/;

/** Kinds by a name in the program. */
const MAKERS: readonly [name: RegExp, kind: FileKind][] = [
  [/joblib\.numpy_pickle|NumpyArrayWrapper/, { id: 'joblib', what: 'a file of joblib (a pickle of Python)' }],
  [/sklearn\./, { id: 'sklearn-pickle', what: 'a pickle of Python with a model of scikit-learn' }],
  [
    /torch\._utils|torch\.nn|_rebuild_tensor/,
    { id: 'torch-pickle', what: 'a pickle of Python with tensors of PyTorch' },
  ],
  [/numpy\.|_reconstruct\b/, { id: 'numpy-pickle', what: 'a pickle of Python with NumPy arrays' }],
];

export function pickleKind({ head, tail, bytes }: FileInspection): FileKind | undefined {
  if (startsWith(head, TORCH_START))
    return { id: 'torch-pickle', what: 'a file of PyTorch (torch.save of an early version)' };
  const isBinary =
    head[0] === 0x80 && head[1]! >= 2 && head[1]! <= 5 && (head[1]! < 4 || head[2] === 0x95 || bytes < 8);
  const text = latin1(head.subarray(0, 8192));
  // A pickle ends with a point.
  if (!isBinary && !(TEXT_PICKLE.test(text) && (tail.length === 0 || /\.\s*$/.test(latin1(tail))))) return undefined;
  return MAKERS.find(([name]) => name.test(text))?.[1] ?? { id: 'pickle', what: 'a pickle of Python' };
}
