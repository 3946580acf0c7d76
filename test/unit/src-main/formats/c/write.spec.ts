// The C header, compiled by a C compiler: it must give the probabilities of nn/ in float64 for all test images.
import type { Checkpoint } from '../../../../../src-shared/runs/checkpoint';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHOICE_FIELDS } from '../../../../../src-shared/settings/settings-fields';
import type { Activation } from '../../../../../src-shared/settings/settings';
import { EXPORT_FORMATS } from '../../../../../src-main/formats/save/formats';
import { mnistFiles } from '../../../../fixtures/mnist';
import { runC, withoutCompiler } from '../../../../fixtures/other-programs';
import {
  exactProbabilities,
  largestDifference,
  trainNetwork,
  withActivation,
} from '../../../../fixtures/trained-network';

const TOLERANCE = 1e-5;
const ACTIVATIONS = Object.keys(CHOICE_FIELDS.activation.options) as Activation[];

let trained: Checkpoint;
let exact: Record<Activation, Float64Array>;
let folder: string;
beforeAll(async () => {
  const { checkpoint, dataset } = await trainNetwork();
  trained = checkpoint;
  exact = Object.fromEntries(
    ACTIVATIONS.map((activation) => [activation, exactProbabilities(withActivation(trained, activation), dataset)]),
  ) as typeof exact;
  folder = mkdtempSync(join(tmpdir(), 'mnist-studio-c-'));
  const { testImages, testLabels } = mnistFiles();
  for (const { name, bytes } of [testImages, testLabels]) writeFileSync(join(folder, name), bytes);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** @returns the name of the header */
function write(checkpoint: Checkpoint): string {
  writeFileSync(join(folder, 'network.h'), EXPORT_FORMATS['.h'].encode(checkpoint, '1.2.3'));
  return 'network.h';
}

describe('a C header', () => {
  const reason = withoutCompiler();
  const unless = reason === undefined ? '' : ` (not run: ${reason})`;
  it.skipIf(reason)(`is compiled by a C compiler with the same probabilities, with each activation${unless}`, () => {
    for (const activation of ACTIVATIONS) {
      write(withActivation(trained, activation));
      writeFileSync(join(folder, 'all.c'), WRITE_ALL_IN_C);
      runC('all.c', folder, ['-std=c99']);
      const probabilities = new Float32Array(Uint8Array.from(readFileSync(join(folder, 'probabilities'))).buffer);
      expect(largestDifference(probabilities, exact[activation]), activation).toBeLessThan(TOLERANCE);
    }
  });

  it.skipIf(reason)(`its program gets the test accuracy${unless}`, () => {
    writeFileSync(join(folder, 'test.c'), EXPORT_FORMATS['.h'].snippet(write(trained), trained));
    expect(accuracyOf(runC('test.c', folder, ['-std=c99']))).toBe(trained.result.testAccuracy);
  });

  it.skipIf(reason)(
    `has every weight bit for bit and any class names, and can be included twice and from C++${unless}`,
    () => {
      const odd: Checkpoint = {
        ...trained,
        layers: [
          {
            inputs: 2,
            outputs: 3,
            weight: Float32Array.of(1, -0, 1e-45, 3.4028234663852886e38, 0.1, -2.5e-8),
            bias: Float32Array.of(0, 1e10, -1 / 3),
          },
        ],
        dataset: { ...trained.dataset, name: '/* */ x お', rows: 1, columns: 2, classNames: ['お1', '??/', '"\\'] },
      };
      write(odd);
      const program = `#include <stdio.h>
#include "network.h"
#include "network.h"
int main() {
  FILE *out = fopen("bits", "wb");
  float pixels[2] = {0, 0}, probabilities[3];
  mnist_predict(pixels, probabilities);
  fwrite(fc1_weight, sizeof(fc1_weight), 1, out);
  fwrite(fc1_bias, sizeof(fc1_bias), 1, out);
  fclose(out);
  for (int j = 0; j < 3; j++) puts(mnist_class_names[j]);
  return 0;
}
`;
      for (const [source, flags] of [
        ['odd.c', ['-std=c99']],
        ['odd.cc', ['-x', 'c++', '-std=c++11']],
      ] as const) {
        writeFileSync(join(folder, source), program);
        expect(runC(source, folder, flags)).toBe('お1\n??/\n"\\\n');
        const { weight, bias } = odd.layers[0]!;
        expect(new Float32Array(Uint8Array.from(readFileSync(join(folder, 'bits'))).buffer)).toEqual(
          Float32Array.of(...weight, ...bias),
        );
      }
    },
  );
});

/** The accuracy that a program prints. */
function accuracyOf(output: string): number {
  return Number(/^test accuracy (\d(?:\.\d+)?)/m.exec(output)![1]);
}

const WRITE_ALL_IN_C = `#include <stdio.h>
#include "network.h"
int main(void) {
  FILE *in = fopen("t10k-images-idx3-ubyte", "rb"), *out = fopen("probabilities", "wb");
  unsigned char image[MNIST_INPUTS];
  float pixels[MNIST_INPUTS], probabilities[MNIST_CLASSES];
  fseek(in, 16, SEEK_SET);
  while (fread(image, 1, MNIST_INPUTS, in) == MNIST_INPUTS) {
    for (int i = 0; i < MNIST_INPUTS; i++) pixels[i] = image[i] / 255.0f;
    mnist_predict(pixels, probabilities);
    fwrite(probabilities, sizeof(float), MNIST_CLASSES, out);
  }
  fclose(out);
  return 0;
}
`;
