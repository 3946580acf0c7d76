// What the evaluation says if options are missing or contradict the file, and how it reports its assumptions.
import { describe, expect, it } from 'vitest';
import type { DatasetInfo } from '../../../../src-shared/data/dataset';
import type { ActivationChoice, NetworkQuestion } from '../../../../src-shared/networks/network-files';
import { MNIST_PIXELS, RAW_PIXELS, UNIT_PIXELS } from '../../../../src-shared/networks/pixel-scaling';
import { answersOf, checkAnswers, missingAnswers } from '../../../../src-main/cli/evaluate-answers';
import type { EvaluateOptions } from '../../../../src-main/cli/evaluate-options';
import { evaluationAsJson, evaluationInWords } from '../../../../src-main/cli/evaluate-output';
import {
  onlyCandidate,
  type ImportedNetwork,
  type NetworkFile,
} from '../../../../src-main/formats/open/imported-network';
import { SMALL } from '../../../fixtures/network-files';
import { sized } from '../../../fixtures/opened-network';

const OPTIONS = { activation: undefined, leakySlope: undefined, pixels: undefined } as unknown as EvaluateOptions;
const IMAGES = { pixels: new Uint8Array(), labels: new Uint16Array(), mean: 0.2, deviation: 0.4 };
const CHOICE: ActivationChoice = {
  value: 'relu',
  accuracy: 0.9,
  slopes: [],
  asksSlope: false,
  scalings: [],
  asksPixels: false,
  suggested: { leakySlope: undefined, pixels: UNIT_PIXELS },
};
const QUESTION: NetworkQuestion = {
  kind: 'question',
  file: 'n.npz',
  sizes: [6, 4, 3],
  asksActivation: false,
  choices: [CHOICE],
  images: 500,
};

describe('an answer is refused', () => {
  const file = {
    candidates: sized(onlyCandidate(SMALL.layers)),
    activation: 'relu',
    leakySlope: 0.2,
    pixels: RAW_PIXELS,
  } as NetworkFile;
  it.each([
    [{ activation: 'tanh' } as const, '--activation is tanh: but n.npz says that it is relu.'],
    [{ leakySlope: 0.3 }, '--leaky-slope is 0.3: but n.npz says that it is 0.2.'],
    [{ pixels: UNIT_PIXELS }, '--pixels is unit: but n.npz says that its pixels are from 0 to 255.'],
  ])('if the file says something else: %j', (answers, sentence) => {
    expect(() => checkAnswers(file, answers, 'n.npz')).toThrow(sentence);
  });

  it('if standardisation is asked for pixels that are all the same', () => {
    expect(() => answersOf({ ...OPTIONS, pixels: 'standardised' }, { ...IMAGES, deviation: 0 })).toThrow(
      'their deviation is 0',
    );
  });
});

describe('an answer is taken', () => {
  it('with the statistics of the dataset, and if it agrees with the file', () => {
    const answers = answersOf({ ...OPTIONS, activation: 'relu', pixels: 'standardised' }, IMAGES);
    expect(answers).toEqual({ activation: 'relu', leakySlope: undefined, pixels: { mean: 0.2, deviation: 0.4 } });
    expect(() =>
      checkAnswers(
        {
          candidates: sized(onlyCandidate(SMALL.layers)),
          activation: 'relu',
          pixels: { mean: 0.2, deviation: 0.4 },
        } as NetworkFile,
        answers,
        'n.npz',
      ),
    ).not.toThrow();
  });

  it('if the slope in the file is the float32 of the typed number', () => {
    const file = {
      candidates: sized(onlyCandidate(SMALL.layers)),
      activation: 'leaky-relu',
      leakySlope: Math.fround(0.2),
    } as NetworkFile;
    const answers = { activation: 'leaky-relu', leakySlope: 0.2, pixels: undefined } as const;
    expect(() => checkAnswers(file, answers, 'n.onnx')).not.toThrow();
    expect(() => checkAnswers(file, { ...answers, leakySlope: 0.21 }, 'n.onnx')).toThrow('--leaky-slope is 0.21');
  });

  it('for another scaling than arrays named mean and std say', () => {
    const file = {
      candidates: sized(onlyCandidate(SMALL.layers)),
      pixels: RAW_PIXELS,
      pixelsAreHint: true,
    } as NetworkFile;
    expect(() => checkAnswers(file, { pixels: UNIT_PIXELS }, 'n.npz')).not.toThrow();
  });
});

describe('a missing answer is named', () => {
  it('with the figures of each scaling, the best first', () => {
    const scalings = [
      { value: UNIT_PIXELS, accuracy: 0.562 },
      { value: MNIST_PIXELS, accuracy: 0.978 },
    ];
    const question = {
      ...QUESTION,
      choices: [{ ...CHOICE, scalings, asksPixels: true, suggested: { leakySlope: undefined, pixels: MNIST_PIXELS } }],
    };
    expect(missingAnswers(question).message).toBe(
      '--pixels is missing: n.npz does not say how its pixels were scaled. Of 500 training images it reads ' +
        '97.8% right if they are standardised (mean 0.1307, deviation 0.3081), ' +
        '56.2% if they are from 0 to 1. Its loss is least if they are standardised (mean 0.1307, deviation ' +
        '0.3081). Add --pixels 0.1307,0.3081, or another.',
    );
  });

  it('with the figures of each activation, or without if the network was not tried', () => {
    const choices = [CHOICE, { ...CHOICE, value: 'tanh', accuracy: 0.5 } as const];
    expect(missingAnswers({ ...QUESTION, asksActivation: true, choices }).message).toBe(
      '--activation is missing: n.npz does not say which one is behind its hidden layers. Of 500 training ' +
        'images it reads 90.0% right with relu, 50.0% with tanh.',
    );
    expect(missingAnswers({ ...QUESTION, asksActivation: true, images: 0 }).message).toBe(
      '--activation is missing: n.npz does not say which one is behind its hidden layers.',
    );
  });

  it('with the slopes that are usual', () => {
    const slopes = [
      { value: 0.01, accuracy: 0.9 },
      { value: 0.3, accuracy: 0.95 },
    ];
    const question = {
      ...QUESTION,
      choices: [{ ...CHOICE, slopes, asksSlope: true, suggested: { leakySlope: 0.3, pixels: UNIT_PIXELS } }],
    };
    expect(missingAnswers(question).message).toContain(
      'it reads 95.0% right with 0.3, 90.0% with 0.01. Add --leaky-slope 0.3, or another',
    );
  });
});

describe('the evaluation reports', () => {
  const network: ImportedNetwork = {
    layers: SMALL.layers,
    activation: 'leaky-relu',
    activationFrom: 'answer',
    leakySlope: 0.2,
    leakySlopeFrom: 'file',
    pixels: UNIT_PIXELS,
    pixelsFrom: 'assumed',
    order: 'fc1, fc2',
    imageShape: undefined,
    classNames: undefined,
    settings: undefined,
    metadata: undefined,
    notes: ['Read.'],
  };
  const info = { name: 'Here', testCount: 5, notes: ['Turned.'] } as unknown as DatasetInfo;
  const score = { loss: 0.5, accuracy: 0.8 };

  it('every assumption in its JSON', () => {
    expect(JSON.parse(evaluationAsJson(network, info, score))).toEqual({
      kind: 'evaluation',
      testLoss: 0.5,
      testAccuracy: 0.8,
      test: 5,
      sizes: [6, 4, 5, 3],
      activation: 'leaky-relu',
      activationFrom: 'option',
      leakySlope: 0.2,
      leakySlopeFrom: 'file',
      pixels: { mean: 0, deviation: 1 },
      pixelsFrom: 'assumed',
      order: 'fc1, fc2',
      notes: ['Read.'],
      dataset: 'Here',
      datasetNotes: ['Turned.'],
    });
  });

  it('the same in words', () => {
    expect(evaluationInWords(network, info, score, 'n.npz')).toBe(
      'n.npz: 6-4-5-3, on the 5 test images of Here\nTurned.\nRead.\ntest loss: 0.5000  test accuracy: 80.00%\n',
    );
  });
});
