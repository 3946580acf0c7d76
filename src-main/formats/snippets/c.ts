// A C program that includes an exported network and reproduces its test accuracy.
import type { Checkpoint } from '../../../src-shared/runs/checkpoint';
import type { IdxTestSource } from '../../../src-shared/data/test-source';
import { convertedSource, type Converted } from './c-converted';
import { cIdxProgram } from './c-idx';
import { correctIn, includes, openFile, pixelPlace, predictedClass, result } from './c-parts';
import { isAsMnist, testSourceFor } from './test-images';

export function cSnippet(file: string, checkpoint: Checkpoint): string {
  const { source, note } = testSourceFor(checkpoint.dataset);
  if (source.kind === 'parts') return convertedProgram(file, checkpoint, convertedSource(checkpoint, source));
  const isPacked = source.images.endsWith('.gz');
  const files = isPacked
    ? ' (on Windows, unpack the files and use fopen in place of popen).'
    : ', with its files unpacked.';
  const lines = [COMPILE, `Run it in the folder of the dataset${files}`, ...(note === undefined ? [] : [`${note}.`])];
  return `/* ${lines.join('\n   ')} */\n${idxProgram(file, checkpoint, source)}`;
}

const COMPILE = 'cc -O2 test.c -lm -o test && ./test';

/** Uses // comments, because paths in the Python program might contain the end of a block comment. */
function convertedProgram(file: string, checkpoint: Checkpoint, { python, source }: Converted): string {
  const lines = [
    COMPILE,
    `First create the files ${source.images} and ${source.labels} with this Python program, in the folder ` +
      'of the dataset:',
    '',
    ...python.trimEnd().split('\n'),
  ];
  return `${lines.map((line) => `// ${line}`.trimEnd()).join('\n')}\n${idxProgram(file, checkpoint, source)}`;
}

function idxProgram(file: string, checkpoint: Checkpoint, source: IdxTestSource): string {
  return isAsMnist(source) ? plainProgram(file, checkpoint, source) : cIdxProgram(file, checkpoint, source);
}

/** For files of bytes, read image by image. */
function plainProgram(file: string, checkpoint: Checkpoint, source: IdxTestSource): string {
  return `${includes(file, source, ['stdio.h'])}
int main(void) {
  FILE *images = ${openFile(source.images)};
  FILE *labels = ${openFile(source.labels)};
  unsigned char header[16], image[MNIST_INPUTS];
  float pixels[MNIST_INPUTS], probabilities[MNIST_CLASSES];
  int label, count = 0, correct = 0;
  if (!images || !labels || fread(header, 1, 16, images) != 16 || fread(header, 1, 8, labels) != 8) {
    fprintf(stderr, "The test files are not here.\\n");
    return 1;
  }
  while (fread(image, 1, MNIST_INPUTS, images) == MNIST_INPUTS && (label = fgetc(labels)) != EOF) {
    for (int i = 0; i < MNIST_INPUTS; i++) pixels[${pixelPlace(source)}] = image[i] / 255.0f;
${predictedClass}
    correct += ${correctIn(source)};
    count++;
  }
${result(checkpoint)}
  return 0;
}
`;
}
