// What the reference engine adds to nn/: settings, hyperparameters of each call, and a state from which training
// resumes.
import { describe, expect, it } from 'vitest';
import {
  hyperparametersOf,
  trainThrough,
  trainAll,
  type Hyperparameters,
} from '../../../../../../src-main/trainer/engine/engine';
import { createReferenceEngine } from '../../../../../../src-main/trainer/engine/reference/reference-engine';
import { PLAIN_SETTINGS } from '../../../../../../src-shared/settings/presets';
import type { OptimizerName, Settings } from '../../../../../../src-shared/settings/settings';
import { CHOICE_FIELDS } from '../../../../../../src-shared/settings/settings-fields';
import { randomDataset } from '../../../../../fixtures/random-dataset';

const dataset = randomDataset({ train: 60, pixels: 20, classes: 4, zeroShare: 0.5 });
const plain: Settings = { ...PLAIN_SETTINGS, engine: 'reference', hidden: [12, 9], learningRate: 0.05, batchSize: 10 };
const order = Uint32Array.from({ length: 60 }, (_, k) => (7 * k) % 60);

/** All settings that can be on together. */
const full: Settings = {
  ...plain,
  activation: 'gelu',
  initialisation: 'xavier',
  dropout: 0.3,
  inputDropout: 0.1,
  maxNorm: 1.2,
  weightDecay: 0.01,
  clipNorm: 0.5,
  labelSmoothing: 0.1,
  learningRate: 0.01,
};

function start(settings: Settings, state?: ReturnType<ReturnType<typeof createReferenceEngine>['readState']>) {
  const engine = createReferenceEngine({ dataset, settings, state });
  const train = (batches: Uint32Array, changes: Partial<Hyperparameters> = {}) =>
    trainThrough(engine, batches, { ...hyperparametersOf(settings, batches.length / settings.batchSize), ...changes });
  return { engine, train };
}

describe.each(Object.keys(CHOICE_FIELDS.optimizer.options) as OptimizerName[])('with %s', (optimizer) => {
  it('training resumes from a state exactly as if it had never stopped', () => {
    const settings = { ...full, optimizer };
    const whole = start(settings);
    const { losses } = whole.train(order);
    const before = start(settings);
    before.train(order.subarray(0, 20));
    const after = start(settings, before.engine.readState());
    expect(after.train(order.subarray(20)).losses).toEqual(losses.subarray(2));
    expect(after.engine.readState()).toEqual(whole.engine.readState());
    expect(after.engine.readState().updates).toBe(6);
  });

  it('keeps as many states of each parameter as its rule has, laid out like the layers', () => {
    const { engine, train } = start({ ...full, optimizer });
    train(order);
    const { layers, moments } = engine.readState();
    expect(moments).toHaveLength({ sgd: 0, momentum: 1, nesterov: 1, rmsprop: 1, adam: 2, adamw: 2 }[optimizer]);
    for (const moment of moments) {
      expect(moment.map(({ inputs, outputs }) => [inputs, outputs])).toEqual(
        layers.map(({ inputs, outputs }) => [inputs, outputs]),
      );
      expect(
        moment.every(({ weight, bias }) => weight.some((value) => value !== 0) && bias.some((value) => value !== 0)),
      ).toBe(true);
    }
  });

  it('the learning rate and the momentum are those of the call', () => {
    const settings = { ...plain, optimizer };
    const weightsAfter = (changes: Partial<Hyperparameters>) => {
      const { engine, train } = start(settings);
      train(order, changes);
      return engine.readWeights();
    };
    const learningRates = Float64Array.of(0.05, 0.04, 0.03, 0.02, 0.01, 0);
    expect(weightsAfter({ learningRates: new Float64Array(6) })).toEqual(start(settings).engine.readWeights());
    expect(weightsAfter({ learningRates })).not.toEqual(weightsAfter({}));
    const goesByMomentum = optimizer !== 'sgd' && optimizer !== 'rmsprop';
    if (goesByMomentum) expect(weightsAfter({ momentum: 0.2 })).not.toEqual(weightsAfter({}));
    else expect(weightsAfter({ momentum: 0.2 })).toEqual(weightsAfter({}));
  });
});

describe('the reference engine', () => {
  it('keeps the incoming weights of hidden units, and only theirs, below max-norm', () => {
    const longest = (maxNorm: number) => {
      const { engine, train } = start({ ...plain, maxNorm, initialisation: 'he', outputFan: 'out' });
      train(order);
      return engine
        .readWeights()
        .map(({ weight, inputs, outputs }) =>
          Math.max(
            ...Array.from({ length: outputs }, (_, j) => Math.hypot(...weight.subarray(j * inputs, (j + 1) * inputs))),
          ),
        );
    };
    const free = longest(0);
    const limited = longest(0.5);
    expect(Math.min(...free)).toBeGreaterThan(0.6);
    for (const length of limited.slice(0, 2)) {
      expect(length).toBeLessThan(0.5 + 1e-6);
      expect(length).toBeGreaterThan(0.49);
    }
    expect(limited[2]).toBeGreaterThan(0.6);
  });

  it('reports the plain cross-entropy of a batch before its update, without label smoothing or weight decay', () => {
    const positions = order.subarray(0, 10);
    const { engine, train } = start({ ...plain, labelSmoothing: 0.4, weightDecay: 0.5 });
    const expected = engine.predict('train', positions).loss.reduce((sum, value) => sum + value) / 10;
    expect(train(positions).losses[0]).toBeCloseTo(expected, 12);
  });

  it.each(['weightDecay', 'clipNorm', 'labelSmoothing', 'dropout', 'inputDropout'] as const)(
    'trains differently with %s',
    (field) => {
      const weightsWith = (value: number) => {
        const { engine, train } = start({ ...plain, [field]: value });
        train(order);
        return engine.readWeights();
      };
      expect(weightsWith(0.1)).not.toEqual(weightsWith(0));
    },
  );

  it('draws other masks in each update, from the seed alone', () => {
    const { layers } = start(plain).engine.readState();
    const sameImages = Uint32Array.from({ length: 30 }, (_, k) => order[k % 10]!);
    const lossesOf = (seed: number) => {
      const { train } = start({ ...plain, dropout: 0.5, seed }, { layers, moments: [], updates: 0 });
      return [...train(sameImages, { learningRates: new Float64Array(3) }).losses];
    };
    expect(new Set(lossesOf(1)).size).toBe(3);
    expect(lossesOf(1)).toEqual(lossesOf(1));
    expect(lossesOf(2)).not.toEqual(lossesOf(1));
  });

  it('predicts without dropout, whatever dropout it trains with', () => {
    const settings = { ...plain, dropout: 0.5, inputDropout: 0.2, learningRate: 0.000001 };
    const { engine, train } = start(settings);
    const positions = order.subarray(0, 10);
    const before = engine.predict('train', positions);
    train(order, { learningRates: new Float64Array(6) });
    expect(engine.predict('train', positions)).toEqual(before);
  });

  it('learns without a hidden layer', () => {
    const { engine } = start({ ...plain, hidden: [], learningRate: 0.5 });
    const losses: number[] = [];
    for (let epoch = 0; epoch < 100; epoch++)
      losses.push(...trainAll(engine, order, { ...plain, learningRate: 0.5 }).losses);
    expect(engine.readWeights()).toHaveLength(1);
    expect(losses.at(-1)! / losses[0]!).toBeLessThan(0.6);
  });

  it('takes other weights and keeps the states of the optimizer', () => {
    const { engine, train } = start({ ...plain, optimizer: 'adam' });
    train(order);
    const remembered = engine.readState();
    const weights = start({ ...plain, seed: 5 }).engine.readWeights();
    engine.writeWeights(weights);
    expect(engine.readState()).toEqual({ ...remembered, layers: weights });
    expect(engine.readFirstLayer()).toEqual(weights[0]);
  });

  it('initializes as the seed program did by the inputs of every layer, whatever the output fan', () => {
    const weights = (changes: Partial<Settings>) => start({ ...plain, ...changes }).engine.readWeights();
    const byInputs = weights({ initialisation: 'he', outputFan: 'in' });
    expect(weights({ initialisation: 'seed', outputFan: 'out' })).toEqual(byInputs);
    expect(weights({ initialisation: 'he', outputFan: 'out' })).not.toEqual(byInputs);
  });
});
