// A program in C that includes an exported network and reproduces its test accuracy.
import type { Checkpoint } from '../../../src-shared/contract';

export function cSnippet(file: string, { result }: Checkpoint): string {
  return `/* cc -O2 test.c -lm -o test && ./test
   Reads the test files of the dataset, unpacked, from the current folder. */
#include <stdio.h>
#include "${file}"

int main(void) {
  FILE *images = fopen("t10k-images-idx3-ubyte", "rb");
  FILE *labels = fopen("t10k-labels-idx1-ubyte", "rb");
  unsigned char image[MNIST_INPUTS];
  float pixels[MNIST_INPUTS], probabilities[MNIST_CLASSES];
  int label, count = 0, correct = 0;
  if (!images || !labels || fseek(images, 16, SEEK_SET) || fseek(labels, 8, SEEK_SET)) {
    fprintf(stderr, "The test files are not here.\\n");
    return 1;
  }
  while (fread(image, 1, MNIST_INPUTS, images) == MNIST_INPUTS && (label = fgetc(labels)) != EOF) {
    int best = 0;
    for (int i = 0; i < MNIST_INPUTS; i++) pixels[i] = image[i] / 255.0f;
    mnist_predict(pixels, probabilities);
    for (int j = 1; j < MNIST_CLASSES; j++) if (probabilities[j] > probabilities[best]) best = j;
    correct += best == label;
    count++;
  }
  printf("test accuracy %g, the app says %g\\n", (double)correct / count, (double)${result.testAccuracy});
  return 0;
}
`;
}
