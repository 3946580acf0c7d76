// The program in C for datasets that are no IDX files: a program in Python in its first comment makes such files of the
// test images.
import type { Checkpoint } from '../../../src-shared/runs/checkpoint';
import type { IdxTestSource, PartsTestSource } from '../../../src-shared/data/test-source';
import { pythonTestImages } from './python-test-images';
import { pythonText } from './python-text';

const IMAGES = 'test-images.idx';
const LABELS = 'test-labels.idx';
/** More do not fit a byte. */
const MOST_CLASSES = 256;

export interface Converted {
  /** A program in Python that makes the two files in the current folder. */
  python: string;
  /** What it makes: upright images of bytes, and class numbers. */
  source: IdxTestSource;
}

export function convertedSource(
  { dataset }: Pick<Checkpoint, 'dataset'>,
  { words, classLabels }: PartsTestSource,
): Converted {
  const { modules, libraries, program } = pythonTestImages({ dataset });
  const inBytes = classLabels.length <= MOST_CLASSES;
  const classes = words
    ? `classes = np.array([[${words.map(pythonText).join(', ')}].index(label) for label in labels])`
    : `classes = np.searchsorted([${classLabels.join(', ')}], labels)`;
  const python = `import ${[...new Set(modules)].sort().join(', ')}
${[...libraries, 'import numpy as np'].join('\n')}

${program}

${classes}
for name, header, numbers in [
    (${pythonText(IMAGES)}, [0x803, len(images), ${dataset.rows}, ${dataset.columns}], images.astype(np.uint8)),
    (${pythonText(LABELS)}, [${inBytes ? '0x801' : '0xB01'}, len(classes)], classes.astype(${inBytes ? 'np.uint8' : '">i2"'})),
]:
    pathlib.Path(name).write_bytes(np.array(header, ">u4").tobytes() + numbers.tobytes())
`;
  return {
    python,
    source: {
      kind: 'idx',
      images: IMAGES,
      labels: LABELS,
      plainBytes: inBytes,
      transposed: false,
      scale: 1 / 255,
      offset: 0,
      labelForm: 'number',
      classLabels: classLabels.map((_, k) => k),
    },
  };
}
