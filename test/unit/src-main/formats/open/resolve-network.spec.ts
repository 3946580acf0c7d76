// What is assumed, tried and asked about networks whose files leave something open, on small images of five patterns.
import { describe, expect, it, vi } from 'vitest';
import type { NetworkAnswers, NetworkQuestion } from '../../../../../src-shared/networks/network-files';
import {
  MNIST_PIXELS,
  RAW_PIXELS,
  SIGNED_PIXELS,
  UNIT_PIXELS,
  type PixelScaling,
} from '../../../../../src-shared/networks/pixel-scaling';
import { accuracyOf } from '../../../../../src-main/formats/open/compare-attempts';
import {
  onlyCandidate,
  type Candidate,
  type ImportedNetwork,
  type NetworkFile,
} from '../../../../../src-main/formats/open/imported-network';
import { resolveNetwork } from '../../../../../src-main/formats/open/resolve-network';
import * as trials from '../../../../../src-main/formats/open/trial';
import { sized } from '../../../../fixtures/opened-network';
import { makeTrial, templateNetwork } from '../../../../fixtures/trial';

const TRIAL = makeTrial({ rows: 6, columns: 6, classNames: ['a', 'b', 'c', 'd', 'e'], count: 200 });
const PERCENT = '\\d+\\.\\d%';
const STANDARDISED = { mean: TRIAL.mean, deviation: TRIAL.deviation };

vi.mock(import('../../../../../src-main/formats/open/trial'), { spy: true });

type Parts = Partial<Omit<NetworkFile, 'candidates'>> & { candidates?: Candidate[] };

function fileOf({ candidates, ...parts }: Parts = {}, trainedWith: PixelScaling = UNIT_PIXELS): NetworkFile {
  const unknown = {
    leakySlope: undefined,
    pixels: undefined,
    imageShape: undefined,
    classNames: undefined,
    settings: undefined,
    metadata: undefined,
  };
  return {
    ...unknown,
    candidates: sized(candidates ?? onlyCandidate(templateNetwork(TRIAL, trainedWith))),
    activation: 'relu',
    notes: ['Read.'],
    ...parts,
  };
}

function resolved(file: NetworkFile, answers: NetworkAnswers = {}): ImportedNetwork {
  const result = resolveNetwork(file, 'n.npz', answers, TRIAL);
  if (result.kind === 'question') throw new Error('A question was asked.');
  return result.network;
}

function questionOn(file: NetworkFile, answers: NetworkAnswers = {}): NetworkQuestion {
  const result = resolveNetwork(file, 'n.npz', answers, TRIAL);
  if (result.kind === 'network') throw new Error('Nothing was asked.');
  return result;
}

/** Share of the images that are read right if their pixels are from 0 to 1. */
function accuracyOn({ layers, activation, leakySlope }: ImportedNetwork): number {
  return accuracyOf(trials.tryNetwork(layers, [{ activation, leakySlope }], [UNIT_PIXELS], TRIAL)[0]!);
}

const [FIRST, LAST] = templateNetwork(TRIAL) as [
  ReturnType<typeof templateNetwork>[0],
  ReturnType<typeof templateNetwork>[0],
];
/** Classes in another order: as wrong as a network can be. */
const TURNED = {
  ...LAST,
  weight: Float32Array.from({ length: 25 }, (_, n) => (n % 5 === (Math.floor(n / 5) + 1) % 5 ? 8 : 0)),
};

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

describe('several orders of layers', () => {
  it('lead to the one that reads the images clearly best, with the figures', () => {
    const candidates = [
      { description: 'a, c', layers: () => [FIRST, TURNED] },
      { description: 'a, b', layers: () => [FIRST, LAST] },
    ];
    const network = resolved(fileOf({ candidates }));
    expect(network.layers).toEqual([FIRST, LAST]);
    expect(network.order).toBe('a, b');
    expect(network.notes[1]).toMatch(
      new RegExp(
        `^Its layers fit each other in more than one way\\. They were taken as a, b, which classifies ${PERCENT} of 200 ` +
          `training images correctly, and ${PERCENT} in the next best order\\.$`,
      ),
    );
  });

  it('are found among many that are wrong, and refused if two of many are right', () => {
    const candidate = (description: string, last: typeof LAST) => ({ description, layers: () => [FIRST, last] });
    const wrong = Array.from({ length: 23 }, (_, k) => candidate(`wrong ${k}`, TURNED));
    const network = resolved(fileOf({ candidates: [...wrong, candidate('right', LAST)] }));
    expect([network.order, network.layers]).toEqual(['right', [FIRST, LAST]]);
    const two = [...wrong.slice(1), candidate('right', LAST), candidate('right too', LAST)];
    expect(() => resolved(fileOf({ candidates: two }))).toThrow('its layers fit each other in more than one way');
  });

  it('take no longer than a few seconds if they are many: beyond three, each is tried on fewer images first', () => {
    const tried = vi.mocked(trials.tryNetwork).mockClear();
    const candidates = Array.from({ length: 24 }, (_, k) => ({
      description: `order ${k}`,
      layers: () => [FIRST, k === 5 ? LAST : TURNED],
    }));
    resolved(fileOf({ candidates, pixels: UNIT_PIXELS }));
    const products = tried.mock.calls.map(([, , , , most = trials.MAX_PRODUCTS]) => most);
    expect(products.reduce((sum, most) => sum + most, 0)).toBeLessThanOrEqual(6 * trials.MAX_PRODUCTS);
  });

  it('are not compared if only one takes these images', () => {
    const candidates = [...onlyCandidate([LAST]), ...onlyCandidate([FIRST, LAST])];
    expect(resolved(fileOf({ candidates }))).toMatchObject({ layers: [FIRST, LAST], order: undefined });
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
        `^It classifies ${PERCENT} from 0 to 1 and ${PERCENT} from 0 to 255 of the training images correctly: its pixels ` +
          'are taken from 0 to 1, whatever the file says\\.$',
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

describe('a mean and deviation of each pixel', () => {
  const scaled = templateNetwork(TRIAL, SIGNED_PIXELS);
  const candidates = (
    used: ReturnType<typeof templateNetwork>,
    unused: ReturnType<typeof templateNetwork>,
  ): Candidate[] => [
    { description: 'one', layers: () => used, pixelStatistics: 'used' },
    { description: 'one', layers: () => unused, pixelStatistics: 'unused' },
  ];
  const hint = { pixels: UNIT_PIXELS, pixelsAreHint: true };

  it('count or are left out as the images are read better, with the figures', () => {
    const without = resolved(fileOf({ ...hint, candidates: candidates([FIRST, TURNED], [FIRST, LAST]) }));
    expect(without).toMatchObject({ layers: [FIRST, LAST], pixelsFrom: 'assumed', order: undefined });
    expect(without.notes[1]).toMatch(
      new RegExp(
        `^It classifies ${PERCENT} of 200 training images correctly without that scaling of each pixel, and ${PERCENT} ` +
          'with it: it is used without it\\.$',
      ),
    );
    expect(resolved(fileOf({ ...hint, candidates: candidates([FIRST, LAST], [FIRST, TURNED]) }))).toMatchObject({
      layers: [FIRST, LAST],
      pixelsFrom: 'file',
    });
  });

  it('do not count before an answer', () => {
    expect(
      resolved(fileOf({ ...hint, candidates: candidates([FIRST, LAST], scaled) }), { pixels: SIGNED_PIXELS }),
    ).toMatchObject({ pixels: SIGNED_PIXELS, pixelsFrom: 'answer' });
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
