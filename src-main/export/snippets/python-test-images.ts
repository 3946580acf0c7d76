// The part of a program in Python that reads the test images as the app did: no more than their files need.
import type { Checkpoint } from '../../../src-shared/contract';
import type { TestSource } from '../../../src-shared/test-source';
import { holdOutRandom } from '../../trainer/data/hold-out';
import { firstLabel, hasNumbersInOrder, hasUsualPixels, pixelRange, testSourceFor } from './test-images';

export interface PythonTestImages {
  /** Modules of Python itself. */
  modules: string[];
  /** Makes images [count, pixels], 0 to 255, and labels [count]. */
  program: string;
  /** Which of the predicted classes are right, [count]. */
  right: string;
}

export function pythonTestImages({ dataset }: Pick<Checkpoint, 'dataset'>): PythonTestImages {
  const { source, note } = testSourceFor(dataset);
  const held = source.heldOut === undefined ? '' : HELD_OUT(source.heldOut);
  const lines = [
    `# ${note ?? 'The test images of the dataset'}`,
    `images = ${imagesExpression(source, dataset)}`,
    ...(hasUsualPixels(source) ? [] : [`images = ${bytesExpression(source)}  # as the app rounds them`]),
    `labels = ${labelsExpression(source)}`,
    ...(held === '' ? [] : ['held = held_out(labels)', 'images, labels = images[held], labels[held]']),
  ];
  return {
    modules: ['gzip', 'pathlib', ...(held === '' ? [] : ['collections'])],
    program: `folder = pathlib.Path(".")  # where the dataset is\n\n${readIdx(source)}\n${held}\n${lines.join('\n')}`,
    right: rightExpression(source),
  };
}

/** A text in Python: its escapes are those of JSON. */
export function pythonText(value: string): string {
  return JSON.stringify(value);
}

/** Finds the files as well if they were packed or unpacked since. */
function readIdx({ plainBytes, images, labels }: TestSource): string {
  const packed = [images, labels].filter((name) => name.endsWith('.gz')).length;
  const other = packed === 2 ? 'name.removesuffix(".gz")' : 'f"{name}.gz"';
  const read = `    path = folder / name
    data = (path if path.exists() else folder / ${other}).read_bytes()
    if data[:2] == b"\\x1f\\x8b":
        data = gzip.decompress(data)`;
  if (plainBytes) return `def read_idx(name, header):\n${read}\n    return np.frombuffer(data, np.uint8, offset=header)\n`;
  return `def read_idx(name):
${read}
    kind, dimensions = data[2:4]
    shape = np.frombuffer(data, ">u4", dimensions, offset=4)
    kinds = {8: "u1", 9: "i1", 11: ">i2", 12: ">i4", 13: ">f4", 14: ">f8"}
    return np.frombuffer(data, kinds[kind], offset=4 + 4 * dimensions).reshape(shape)
`;
}

function imagesExpression({ images, plainBytes, transposed }: TestSource, { rows, columns }: Checkpoint['dataset']): string {
  const read = `read_idx(${pythonText(images)}${plainBytes ? ', 16' : ''})`;
  if (!transposed) return `${read}.reshape(-1, ${rows * columns})`;
  return `${read}.reshape(-1, ${columns}, ${rows}).transpose(0, 2, 1).reshape(-1, ${rows * columns})  # rows and columns are swapped in the file`;
}

function bytesExpression(source: TestSource): string {
  const { from, factor } = pixelRange(source);
  const shifted = from === 0 ? 'images.astype(float)' : `(images.astype(float) ${from < 0 ? '+' : '-'} ${Math.abs(from)})`;
  return `np.floor(${shifted}${factor === 1 ? '' : ` * ${factor}`} + 0.5).clip(0, 255)`;
}

function labelsExpression({ labels, plainBytes, labelForm }: TestSource): string {
  const read = `read_idx(${pythonText(labels)}${plainBytes ? ', 8' : ''})`;
  if (labelForm === 'one-hot') return `${read}.argmax(axis=1)  # the column of the 1 in each row`;
  if (labelForm === 'first-of-eight') return `${read}[:, 0]  # the first of eight numbers for each image`;
  return plainBytes ? read : `${read}.ravel()`;
}

function rightExpression({ classLabels }: TestSource): string {
  if (!hasNumbersInOrder(classLabels)) return `np.array([${classLabels.join(', ')}])[classes] == labels`;
  const first = firstLabel(classLabels);
  return first === 0 ? 'classes == labels' : `classes ${first > 0 ? '+' : '-'} ${Math.abs(first)} == labels`;
}

/** As trainer/data/hold-out.ts does it. */
const HELD_OUT = (share: number): string => `
def held_out(labels):
    """Which images the app held out of training: ${share} of each class, in a random order (xoshiro128**)."""
    a, b, c, d = ${holdOutRandom().readState().join(', ')}
    def word():
        nonlocal a, b, c, d
        product = b * 5 & 0xFFFFFFFF
        shifted = b << 9 & 0xFFFFFFFF
        c ^= a
        d ^= b
        b ^= c
        a ^= d
        c ^= shifted
        d = (d << 11 | d >> 21) & 0xFFFFFFFF
        return (product << 7 | product >> 25) * 9 & 0xFFFFFFFF
    labels = labels.tolist()
    order = list(range(len(labels)))
    for i in range(len(order) - 1, 0, -1):
        j = int(((word() >> 5) * 2**26 + (word() >> 6)) / 2**53 * (i + 1))
        order[i], order[j] = order[j], order[i]
    wanted = {label: min(count - 1, max(1, int(count * ${share} + 0.5))) for label, count in collections.Counter(labels).items()}
    held = np.zeros(len(labels), bool)
    for position in order:
        if wanted[labels[position]] > 0:
            wanted[labels[position]] -= 1
            held[position] = True
    return held
`;
