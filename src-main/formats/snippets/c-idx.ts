// The C program for IDX files that differ from MNIST's: numbers of any type, labels in rows, held-out test images.
import type { Checkpoint } from '../../../src-shared/runs/checkpoint';
import type { IdxTestSource } from '../../../src-shared/data/test-source';
import { holdOutRandom } from '../../trainer/data/split/hold-out';
import { stringLiteral } from '../c/write';
import { correctIn, includes, openFile, pixelPlace, predictedClass, result } from './c-parts';
import { firstLabel, hasNumbersInOrder, pixelRange } from './test-images';

export function cIdxProgram(file: string, checkpoint: Checkpoint, source: IdxTestSource): string {
  const { images, labels, heldOut } = source;
  const markHeldOut = heldOut === undefined ? '' : '  unsigned char *held = held_out(label, labels.count);\n';
  const skipOthers = heldOut === undefined ? '' : '    if (!held[n]) continue;\n';
  return `${includes(file, source, ['stdint.h', 'stdio.h', 'stdlib.h', 'string.h'])}
${READ_IDX}
${nextLabel(source)}${heldOut === undefined ? '' : heldOutFunction(source, heldOut)}
int main(void) {
  Idx images = open_idx(${openFile(images)}, ${stringLiteral(images)});
  Idx labels = open_idx(${openFile(labels)}, ${stringLiteral(labels)});
  float pixels[MNIST_INPUTS], probabilities[MNIST_CLASSES];
  int *label = malloc(labels.count * sizeof(int)), count = 0, correct = 0;
  for (int n = 0; n < labels.count; n++) label[n] = next_label(&labels);
${markHeldOut}  for (int n = 0; n < images.count; n++) {
    for (int i = 0; i < MNIST_INPUTS; i++) {
      const double byte = floor(${byteOf(source)} + 0.5); /* as the app rounds it */
      pixels[${pixelPlace(source)}] = (float)(byte < 0 ? 0 : byte > 255 ? 255 : byte) / 255.0f;
    }
${skipOthers}${predictedClass}
    correct += ${correctIn(source, 'label[n]')};
    count++;
  }
${result(checkpoint)}
  return 0;
}
`;
}

function byteOf(source: IdxTestSource): string {
  const { from, factor } = pixelRange(source);
  const number = 'next_number(&images)';
  const shifted = from === 0 ? number : `(${number} ${from < 0 ? '+' : '-'} ${Math.abs(from)})`;
  return factor === 1 ? shifted : `${shifted} * ${factor}`;
}

const READ_IDX = `/* An IDX file: two zeros, the type of the numbers, the number of dimensions, the dimensions,
   then the numbers. All of them are big-endian. */
typedef struct {
  FILE *file;
  int type, count, each;
} Idx;

static double next_number(Idx *idx) {
  const size_t width = idx->type < 10 ? 1 : idx->type == 11 ? 2 : idx->type == 14 ? 8 : 4;
  unsigned char bytes[8];
  uint64_t bits = 0;
  if (fread(bytes, 1, width, idx->file) != width) {
    fprintf(stderr, "A file of the dataset ends too early.\\n");
    exit(1);
  }
  for (size_t k = 0; k < width; k++) bits = bits << 8 | bytes[k];
  const uint32_t low = (uint32_t)bits;
  float number;
  double precise;
  memcpy(&number, &low, 4);
  memcpy(&precise, &bits, 8);
  switch (idx->type) {
    case 8: return (double)bits;
    case 9: return (int8_t)bits;
    case 11: return (int16_t)bits;
    case 12: return (int32_t)bits;
    case 13: return number;
    default: return precise;
  }
}

static Idx open_idx(FILE *file, const char *name) {
  Idx idx = {file, 12, 0, 1};
  unsigned char start[4];
  if (!file || fread(start, 1, 4, file) != 4 || start[0] != 0 || start[1] != 0) {
    fprintf(stderr, "%s is not here, or no IDX file.\\n", name);
    exit(1);
  }
  idx.count = (int)next_number(&idx);
  for (int k = 1; k < start[3]; k++) idx.each *= (int)next_number(&idx);
  idx.type = start[2];
  return idx;
}
`;

function nextLabel({ labelForm }: IdxTestSource): string {
  const bodies: Record<IdxTestSource['labelForm'], string> = {
    number: '  return (int)next_number(labels);',
    'first-of-eight':
      '  const int label = (int)next_number(labels);\n  for (int k = 1; k < labels->each; k++) ' +
      'next_number(labels); /* says where the image is from */\n  return label;',
    'one-hot':
      '  int label = 0; /* the column of the 1 in a row of zeros */\n  for (int k = 0; k < labels->each; k++) ' +
      'if (next_number(labels) != 0) label = k;\n  return label;',
  };
  return `static int next_label(Idx *labels) {\n${bodies[labelForm]}\n}\n`;
}

/** The algorithm of trainer/data/split/hold-out.ts. */
function heldOutFunction({ classLabels }: IdxTestSource, share: number): string {
  const first = firstLabel(classLabels);
  const classOf = hasNumbersInOrder(classLabels)
    ? `  return label${first === 0 ? '' : first < 0 ? ` + ${-first}` : ` - ${first}`};`
    : '  int j = 0;\n  while (class_labels[j] != label) j++;\n  return j;';
  return `
static int class_of(int label) {
${classOf}
}

/* A random number of 32 bits (xoshiro128**). */
static uint32_t random_word(void) {
  static uint32_t s[4] = {${holdOutRandom()
    .readState()
    .map((word) => `${word}u`)
    .join(', ')}};
  const uint32_t product = s[1] * 5, shifted = s[1] << 9;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= shifted;
  s[3] = s[3] << 11 | s[3] >> 21;
  return (product << 7 | product >> 25) * 9;
}

/* Which images the app held out of training: ${share} of each class, in a random order. */
static unsigned char *held_out(const int *labels, int count) {
  unsigned char *held = calloc(count, 1);
  int *order = malloc(count * sizeof(int)), wanted[MNIST_CLASSES] = {0};
  for (int n = 0; n < count; n++) {
    order[n] = n;
    wanted[class_of(labels[n])]++;
  }
  for (int j = 0; j < MNIST_CLASSES; j++) {
    const int share = (int)(wanted[j] * ${share} + 0.5), most = wanted[j] - 1;
    wanted[j] = most < 1 ? 0 : share < 1 ? 1 : share > most ? most : share;
  }
  for (int i = count - 1; i > 0; i--) {
    const double high = random_word() >> 5, low = random_word() >> 6;
    const int j = (int)((high * 67108864.0 + low) / 9007199254740992.0 * (i + 1)), swapped = order[i];
    order[i] = order[j];
    order[j] = swapped;
  }
  for (int i = 0; i < count; i++) {
    int *left = &wanted[class_of(labels[order[i]])];
    if (*left > 0) {
      (*left)--;
      held[order[i]] = 1;
    }
  }
  free(order);
  return held;
}
`;
}
