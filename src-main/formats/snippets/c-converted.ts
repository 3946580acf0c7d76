// The C program for datasets that are not IDX files: the comment at its top is a Python program that converts the test
// images to IDX files.
import type { Checkpoint } from '../../../src-shared/runs/checkpoint';
import type { IdxTestSource, PartsTestSource } from '../../../src-shared/data/test-source';
import { pythonTestImages } from './python-test-images';
import { pythonText } from './python-text';

const IMAGES = 'test-images.idx';
const LABELS = 'test-labels.idx';
/** More do not fit into a byte. */
const MAX_CLASSES = 256;

export interface Converted {
  /** A Python program that creates the two files in the current folder. */
  python: string;
  /** The files that it creates: upright images of bytes, and class indices. */
  source: IdxTestSource;
}

export function convertedSource(
  { dataset }: Pick<Checkpoint, 'dataset'>,
  { words, classLabels }: PartsTestSource,
): Converted {
  const { modules, libraries, program } = pythonTestImages({ dataset });
  const inBytes = classLabels.length <= MAX_CLASSES;
  const [labelMagic, labelType] = inBytes ? ['0x801', 'np.uint8'] : ['0xB01', '">i2"'];
  const classes = words
    ? `classes = np.array([[${words.map(pythonText).join(', ')}].index(label) for label in labels])`
    : `classes = np.searchsorted([${classLabels.join(', ')}], labels)`;
  const python = `import ${[...new Set(modules)].sort().join(', ')}
${[...libraries, 'import numpy as np'].join('\n')}

${program}

${classes}
for name, header, numbers in [
    (${pythonText(IMAGES)}, [0x803, len(images), ${dataset.rows}, ${dataset.columns}], images.astype(np.uint8)),
    (${pythonText(LABELS)}, [${labelMagic}, len(classes)], classes.astype(${labelType})),
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
