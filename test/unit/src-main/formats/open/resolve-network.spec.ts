// What is assumed, tried and asked if files leave something open.
import { describe, expect, it } from 'vitest';
import { MNIST_PIXELS, RAW_PIXELS, SIGNED_PIXELS, UNIT_PIXELS } from '../../../../../src-shared/networks/pixel-scaling';
import { onlyCandidate } from '../../../../../src-main/formats/open/imported-network';
import {
  accuracyOn,
  fileOf,
  FIRST,
  LAST,
  PERCENT,
  questionOn,
  resolved,
  STANDARDISED,
  TRIAL,
} from '../../../../fixtures/resolved-networks';
import { templateNetwork } from '../../../../fixtures/trial';

describe('a network is refused', () => {
  it('if it does not fit the images in any order', () => {
    const candidates = [...onlyCandidate([LAST]), ...onlyCandidate([LAST, LAST])];
    expect(() => resolved(fileOf({ candidates }))).toThrow(
      'n.npz takes 5 pixels, but the images of patterns have 6×6.',
    );
    expect(() => resolved(fileOf({ imageShape: [4, 9] }))).toThrow('n.npz takes images of 4×9 pixels');
  });

  it('if no order of its layers reads the images clearly better than another', () => {
    const order = (description: string) => ({ description, layers: () => [FIRST, LAST] });
    expect(() => resolved(fileOf({ candidates: [order('one, two'), order('two, one')] }))).toThrow(
      'n.npz cannot be read as a network: its layers fit each other in more than one way: one, two; or two, ' +
        'one. Names such as',
    );
  });

  it('if the scaling of its pixels makes a weight too large', () => {
    const huge = [{ ...FIRST, weight: FIRST.weight.map(() => 3e38) }, LAST];
    expect(() => resolved(fileOf({ candidates: onlyCandidate(huge), pixels: RAW_PIXELS }))).toThrow(
      'its first layer takes pixels from 0 to 255, and its weights are too large for that',
    );
  });
});

describe('the scaling of the pixels', () => {
  it('is assumed to be from 0 to 1, and said, if nothing reads the images clearly better', () => {
    const network = resolved(fileOf());
    expect(network).toMatchObject({
      pixels: UNIT_PIXELS,
      pixelsFrom: 'assumed',
      notes: ['Read.', 'The file does not say how pixels are scaled: they are divided by 255.'],
    });
    expect(network.layers).toEqual([FIRST, LAST]);
    expect(accuracyOn(network)).toBeGreaterThan(0.9);
  });

  it('is assumed for an untrained network, which reads the images badly with each', () => {
    const untrained = [
      { ...FIRST, weight: FIRST.weight.map((_, n) => Math.sin(7 * n)), bias: new Float32Array(5) },
      LAST,
    ];
    expect(resolved(fileOf({ candidates: onlyCandidate(untrained) })).pixelsFrom).toBe('assumed');
  });

  it.each([
    ['from 0 to 255', RAW_PIXELS],
    ['from −1 to 1', SIGNED_PIXELS],
    ['with the mean and deviation of the dataset', STANDARDISED],
  ])('is asked about if the network reads the images clearly better %s', (_words, scaling) => {
    const file = fileOf({}, scaling);
    const question = questionOn(file);
    expect(question).toMatchObject({
      kind: 'question',
      file: 'n.npz',
      sizes: [36, 5, 5],
      asksActivation: false,
      images: 200,
      choices: [{ asksPixels: true, suggested: { pixels: scaling } }],
    });
    const { scalings } = question.choices[0]!;
    expect(scalings.map(({ value }) => value)).toEqual([
      UNIT_PIXELS,
      RAW_PIXELS,
      SIGNED_PIXELS,
      STANDARDISED,
      MNIST_PIXELS,
    ]);

    const network = resolved(file, { pixels: scaling });
    expect(network).toMatchObject({ pixels: scaling, pixelsFrom: 'answer' });
    expect(network.notes[1]).toMatch(/^It takes pixels .+: this scaling was folded into its first layer\.$/);
    expect(accuracyOn(network)).toBeGreaterThan(0.9);
  });

  it('is taken from the file without a question', () => {
    const network = resolved(fileOf({ pixels: RAW_PIXELS }, RAW_PIXELS));
    expect(network).toMatchObject({ pixels: RAW_PIXELS, pixelsFrom: 'file' });
    expect(accuracyOn(network)).toBeGreaterThan(0.9);
  });
});

describe('arrays named mean and std', () => {
  it('count if the network reads the images right with them', () => {
    expect(resolved(fileOf({ pixels: STANDARDISED, pixelsAreHint: true }, STANDARDISED))).toMatchObject({
      pixels: STANDARDISED,
      pixelsFrom: 'file',
    });
  });

  it('do not count, with the figures, if it clearly reads pixels from 0 to 1', () => {
    const network = resolved(fileOf({ pixels: RAW_PIXELS, pixelsAreHint: true }));
    expect(network).toMatchObject({ pixels: UNIT_PIXELS, pixelsFrom: 'assumed', layers: [FIRST, LAST] });
    expect(network.notes[1]).toMatch(
      new RegExp(
        `^It classifies ${PERCENT} from 0 to 1 and ${PERCENT} from 0 to 255 of the training images correctly: ` +
          'its pixels are taken from 0 to 1, whatever the file says\\.$',
      ),
    );
  });
});

describe('arrays named mean and std that make little difference', () => {
  const nearly = { mean: -0.05, deviation: 1 };

  it('count only if the loss is less with them', () => {
    expect(resolved(fileOf({ pixels: nearly, pixelsAreHint: true }))).toMatchObject({
      pixels: UNIT_PIXELS,
      pixelsFrom: 'assumed',
    });
    expect(resolved(fileOf({ pixels: nearly, pixelsAreHint: true }, nearly))).toMatchObject({
      pixels: nearly,
      pixelsFrom: 'file',
    });
  });

  it('do not count before an answer', () => {
    expect(
      resolved(fileOf({ pixels: STANDARDISED, pixelsAreHint: true }, STANDARDISED), { pixels: UNIT_PIXELS }),
    ).toMatchObject({ pixels: UNIT_PIXELS, pixelsFrom: 'answer', layers: templateNetwork(TRIAL, STANDARDISED) });
    expect(resolved(fileOf({ pixels: UNIT_PIXELS, pixelsAreHint: true }), { pixels: RAW_PIXELS })).toMatchObject({
      pixels: RAW_PIXELS,
      pixelsFrom: 'answer',
    });
    expect(
      resolved(fileOf({ activation: undefined, pixels: STANDARDISED, pixelsAreHint: true }, STANDARDISED), {
        activation: 'relu',
        pixels: UNIT_PIXELS,
      }).pixelsFrom,
    ).toBe('answer');
  });
});

describe('the activation', () => {
  it('is asked about if the file does not say it, with what the network reads right with each', () => {
    const { asksActivation, choices } = questionOn(fileOf({ activation: undefined }));
    expect(asksActivation).toBe(true);
    expect(choices.map(({ value }) => value)).toEqual(['relu', 'leaky-relu', 'sigmoid', 'tanh', 'gelu']);
    expect(choices[0]!.accuracy).toBeGreaterThan(0.9);
    expect(choices.every(({ accuracy }) => accuracy !== undefined)).toBe(true);
  });

  it('is the answer, or what the file says', () => {
    expect(resolved(fileOf({ activation: undefined }), { activation: 'relu' })).toMatchObject({
      activation: 'relu',
      activationFrom: 'answer',
    });
    expect(resolved(fileOf(), { activation: 'tanh' })).toMatchObject({ activation: 'relu', activationFrom: 'file' });
  });

  it('asks for the slope of leaky ReLU too, unless the file says it', () => {
    const { choices } = questionOn(fileOf({ activation: 'leaky-relu' }));
    expect(choices).toMatchObject([
      {
        asksSlope: true,
        slopes: [{ value: 0.01 }, { value: 0.1 }, { value: 0.2 }, { value: 0.3 }],
        suggested: { leakySlope: 0.01 },
      },
    ]);
    expect(resolved(fileOf({ activation: 'leaky-relu' }), { leakySlope: 0.2 })).toMatchObject({
      leakySlope: 0.2,
      leakySlopeFrom: 'answer',
    });
    expect(resolved(fileOf({ activation: 'leaky-relu', leakySlope: 0.3 }))).toMatchObject({
      leakySlope: 0.3,
      leakySlopeFrom: 'file',
    });
    expect(resolved(fileOf()).leakySlope).toBeUndefined();
  });
});
