// Arrays and metadata beside the layers: ignored, or used as the scaling of the pixels and the activation.
import { describe, expect, it } from 'vitest';
import { arrayOf, plain, readArrays } from '../../../../fixtures/named-arrays';

describe('beside the layers', () => {
  it('what says nothing of the network is passed over and named', () => {
    const others = [
      arrayOf('epoch', [], undefined, 'integer'),
      arrayOf('lr', []),
      arrayOf('loss_history', [20], Array(20).fill(NaN)),
      arrayOf('sizes', [3], undefined, 'integer'),
      arrayOf('classes', [3], undefined, 'text'),
      arrayOf('mW1', [6, 4]),
      arrayOf('mW2', [4, 3]),
      arrayOf('optimizer.W1.exp_avg', [6, 4]),
    ];
    const { notes } = readArrays([...plain(), ...others]);
    expect(notes[0]).toBe(
      'It also contains “epoch”, “lr”, “loss_history”, “sizes”, “classes”, “mW1” and 2 more: ignored, because it is ' +
        'not a weight of the network.',
    );
  });

  it('results and images are passed over, though they have two sides', () => {
    const others = [
      arrayOf('confusion', [3, 3]),
      arrayOf('history', [20, 2]),
      arrayOf('y_test', [9, 3], undefined, 'integer'),
      arrayOf('negative_slope', []),
    ];
    expect(readArrays([...plain(), ...others]).notes[0]).toBe(
      'It also contains “confusion”, “history”, “y_test” and “negative_slope”: ignored, because it is not a ' +
        'weight of the network.',
    );
  });

  it('mean and std say how the pixels are scaled: of all, from 0 to 1 or to 255', () => {
    expect(readArrays([...plain(), arrayOf('mean', [1], [0.1307]), arrayOf('std', [1], [0.3081])]).pixels).toEqual({
      mean: Math.fround(0.1307),
      deviation: Math.fround(0.3081),
    });
    expect(readArrays([...plain(), arrayOf('mean', [], [33.3]), arrayOf('std', [], [78.6])]).pixels).toEqual({
      mean: Math.fround(33.3) / 255,
      deviation: Math.fround(78.6) / 255,
    });
  });

  it('a lone mean is named as one', () => {
    expect(readArrays([...plain(), arrayOf('mean', [1], [0.5])]).notes.join(' ')).toContain(
      'Its array “mean” says that it takes pixels ',
    );
    expect(readArrays([...plain(), arrayOf('mean', [6])]).notes).toContain(
      'Its array “mean” says how each of its pixels was scaled.',
    );
  });

  it('mean and std of each pixel are folded into the first layer, or left out', () => {
    const network = readArrays([
      arrayOf('W', [2, 2], [1, 2, 3, 4]),
      arrayOf('b', [2], [5, 6]),
      arrayOf('mean', [2], [0.5, 1]),
      arrayOf('std', [2], [0.5, 0.25]),
    ]);
    expect(network).toMatchObject({ pixels: { mean: 0, deviation: 1 }, pixelsAreHint: true });
    expect(network.candidates.map(({ pixelStatistics }) => pixelStatistics).slice(0, 2)).toEqual(['used', 'unused']);
    expect(network.candidates[1]!.layers()[0]).toMatchObject({
      weight: Float32Array.of(1, 2, 3, 4),
      bias: Float32Array.of(5, 6),
    });
    // [1, 2] · ([x, y] − [0.5, 1]) / [0.5, 0.25] + 5
    expect(network.candidates[0]!.layers()[0]).toMatchObject({
      weight: Float32Array.of(2, 8, 6, 16),
      bias: Float32Array.of(5 - 1 - 8, 6 - 3 - 16),
    });
  });

  it('metadata of other programs count if they are understood', () => {
    expect(readArrays(plain(), { activation: 'ReLU', sizes: '6,4,3', output: 'logits', format: 'pt' })).toMatchObject({
      activation: 'relu',
    });
    expect(readArrays(plain(), { activation: 'nn.LeakyReLU', negative_slope: 0.2 })).toMatchObject({
      activation: 'leaky-relu',
      leakySlope: 0.2,
    });
    expect(readArrays(plain(), { mean: 0.1307, std: [0.3081] })).toMatchObject({
      activation: undefined,
      pixels: { mean: 0.1307, deviation: 0.3081 },
    });
  });
});
