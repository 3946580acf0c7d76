// The part of the Python programs that reads the test images as the app does, with no more code than their files need.
import type { Checkpoint } from '../../../src-shared/runs/checkpoint';
import type { TestSource } from '../../../src-shared/data/test-source';
import { holdOutRandom } from '../../trainer/data/split/hold-out';
import { readIdxFiles } from './python-idx';
import { readParts } from './python-parts';
import { pythonText } from './python-text';
import { firstLabel, hasNumbersInOrder, hasUsualPixels, pixelRange, testSourceFor } from './test-images';

export interface PythonTestImages {
  /** Modules of Python's standard library. */
  modules: string[];
  /** Lines that import other libraries than NumPy. */
  libraries: string[];
  /** Code that defines images [count, pixels], 0 to 255, and labels [count]. */
  program: string;
  /** An expression that says which of the predicted classes are correct, [count]. */
  right: string;
}

export function pythonTestImages({ dataset }: Pick<Checkpoint, 'dataset'>): PythonTestImages {
  const { source, note } = testSourceFor(dataset);
  const {
    modules,
    libraries,
    functions,
    before = '',
    images,
    labels,
  } = source.kind === 'idx' ? readIdxFiles(source) : readParts(source);
  const isHeldOut = source.heldOut !== undefined;
  const definitions = [functions, isHeldOut ? heldOutFunction(source.heldOut!) : ''].filter((text) => text !== '');
  const lines = [
    `# ${note ?? 'The test images of the dataset'}`,
    `${before}images = ${imagesExpression(images, source, dataset)}`,
    ...(source.kind === 'parts' && source.inverted
      ? ['images = 255 - images  # to light ink on a dark background']
      : []),
    ...(needsNoRounding(source) ? [] : [`images = ${bytesExpression(source)}  # as the app rounds them`]),
    `labels = ${labelsExpression(labels, source)}`,
    ...(isHeldOut ? ['held = held_out(labels)', 'images, labels = images[held], labels[held]'] : []),
  ];
  return {
    modules: [...modules, 'pathlib', ...(isHeldOut ? ['collections'] : [])],
    libraries,
    program:
      'folder = pathlib.Path(".")  # where the dataset is\n\n' +
      `${definitions.map((text) => `${text}\n`).join('')}${lines.join('\n')}`,
    right: rightExpression(source),
  };
}

/** True for bytes, as in pictures and MNIST's files. */
function needsNoRounding(source: TestSource): boolean {
  return hasUsualPixels(source) || (source.kind === 'parts' && source.images.format === 'png');
}

function imagesExpression(read: string, { transposed }: TestSource, { rows, columns }: Checkpoint['dataset']): string {
  if (!transposed) return `${read}.reshape(-1, ${rows * columns})`;
  return (
    `${read}.reshape(-1, ${columns}, ${rows}).transpose(0, 2, 1).reshape(-1, ${rows * columns})  # rows and ` +
    'columns are swapped in the file'
  );
}

function bytesExpression(source: TestSource): string {
  const { from, factor } = pixelRange(source);
  const shifted =
    from === 0 ? 'images.astype(float)' : `(images.astype(float) ${from < 0 ? '+' : '-'} ${Math.abs(from)})`;
  return `np.floor(${shifted}${factor === 1 ? '' : ` * ${factor}`} + 0.5).clip(0, 255)`;
}

function labelsExpression(read: string, source: TestSource): string {
  const { labelForm } = source;
  if (labelForm === 'one-hot') return `${read}.argmax(axis=1)  # the column of the 1 in each row`;
  if (labelForm === 'first-of-eight') return `${read}[:, 0]  # the first of eight numbers for each image`;
  return hasFlatLabels(source) ? read : `${read}.ravel()`;
}

/** True if the labels are [count] rather than [count, 1]. */
function hasFlatLabels(source: TestSource): boolean {
  return source.kind === 'idx' ? source.plainBytes : source.labels.format === 'csv' || source.labels.format === 'png';
}

function rightExpression(source: TestSource): string {
  const { classLabels } = source;
  if (source.kind === 'parts' && source.words)
    return `np.array([${source.words.map(pythonText).join(', ')}])[classes] == labels`;
  if (!hasNumbersInOrder(classLabels)) return `np.array([${classLabels.join(', ')}])[classes] == labels`;
  const first = firstLabel(classLabels);
  return first === 0 ? 'classes == labels' : `classes ${first > 0 ? '+' : '-'} ${Math.abs(first)} == labels`;
}

/** The algorithm of trainer/data/split/hold-out.ts. */
function heldOutFunction(share: number): string {
  const heldCount = `min(count - 1, max(1, int(count * ${share} + 0.5)))`;
  return `def held_out(labels):
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
    wanted = {label: ${heldCount} for label, count in collections.Counter(labels).items()}
    held = np.zeros(len(labels), bool)
    for position in order:
        if wanted[labels[position]] > 0:
            wanted[labels[position]] -= 1
            held[position] = True
    return held
`;
}
