// Activations, as operators and written out.
import { describe, expect, it } from 'vitest';
import * as g from '../../../../fixtures/onnx-graph';
import { TO_V, withActivation, readGraph, layerOf } from '../../../../fixtures/small-onnx';

const { node, tensor, scalar } = g;

describe('an activation is recognised', () => {
  const half = scalar('half', 0.5);
  const one = scalar('one', 1);
  const root = scalar('root', Math.SQRT2);
  const erf = [node('Div', ['z', 'root'], 'd'), node('Erf', ['d'], 'e'), node('Add', ['e', 'one'], 'f')];
  it.each<[string, g.NodeParts[], string, number | undefined]>([
    ['Relu', [node('Relu', ['z'], 'a')], 'relu', undefined],
    ['Clip from 0', [node('Clip', ['z', 'zero'], 'a')], 'relu', undefined],
    ['Max with 0', [node('Max', ['zero', 'z'], 'a')], 'relu', undefined],
    ['LeakyRelu without its slope', [node('LeakyRelu', ['z'], 'a')], 'leaky-relu', 0.01],
    ['LeakyRelu of 0.2', [node('LeakyRelu', ['z'], 'a', g.float('alpha', 0.2))], 'leaky-relu', 0.2],
    ['PRelu of one slope', [node('PRelu', ['z', 'slopes'], 'a')], 'leaky-relu', 0.25],
    ['Max of z and a part of it', [node('Mul', ['z', 'half'], 'h'), node('Max', ['z', 'h'], 'a')], 'leaky-relu', 0.5],
    [
      'z where it is positive, else a part of it',
      [node('Greater', ['z', 'zero'], 'g'), node('Mul', ['z', 'half'], 'h'), node('Where', ['g', 'z', 'h'], 'a')],
      'leaky-relu',
      0.5,
    ],
    [
      'z times whether it is positive',
      [node('Greater', ['z', 'zero'], 'g'), node('Cast', ['g'], 'h', g.integer('to', 1)), node('Mul', ['z', 'h'], 'a')],
      'relu',
      undefined,
    ],
    ['Sigmoid', [node('Sigmoid', ['z'], 'a')], 'sigmoid', undefined],
    [
      'sigmoid written out',
      [
        node('Neg', ['z'], 'n'),
        node('Exp', ['n'], 'e'),
        node('Add', ['one', 'e'], 'f'),
        node('Div', ['one', 'f'], 'a'),
      ],
      'sigmoid',
      undefined,
    ],
    ['Tanh', [node('Tanh', ['z'], 'a')], 'tanh', undefined],
    ['Gelu', [node('Gelu', ['z'], 'a')], 'gelu', undefined],
    ['z · f · ½', [...erf, node('Mul', ['z', 'f'], 'p'), node('Mul', ['p', 'half'], 'a')], 'gelu', undefined],
    ['½ z · f', [...erf, node('Mul', ['half', 'z'], 'p'), node('Mul', ['f', 'p'], 'a')], 'gelu', undefined],
    ['z · (½ f)', [...erf, node('Mul', ['half', 'f'], 'p'), node('Mul', ['z', 'p'], 'a')], 'gelu', undefined],
  ])('%s', async (_what, nodes, activation, slope) => {
    const network = await readGraph(withActivation(...nodes), [
      half,
      one,
      root,
      scalar('zero', 0),
      tensor('slopes', [2], [0.25, 0.25]),
    ]);
    expect([network.activation, network.leakySlope]).toEqual([activation, slope]);
    expect(network.layers).toEqual([
      ...layerOf(),
      { inputs: 2, outputs: 2, weight: Float32Array.of(1, 3, 2, 4), bias: new Float32Array(2) },
    ]);
  });

  it('as part of the layer, in optimized graphs of ONNX Runtime', async () => {
    const fused = node(
      'com.microsoft.FusedGemm',
      ['x', 'W', 'B'],
      'a',
      g.integer('transB', 1),
      g.text('activation', 'LeakyRelu'),
      g.float('activation_alpha', 0.3),
    );
    const network = await readGraph([fused, TO_V]);
    expect([network.activation, network.leakySlope, network.layers[0]]).toEqual(['leaky-relu', 0.3, layerOf()[0]]);
    await expect(
      readGraph([{ ...fused, attributes: [g.integer('transB', 1), g.text('activation', 'Elu')] }, TO_V]),
    ).rejects.toThrow('its node “a_node” (com.microsoft.FusedGemm) has the activation “Elu”');
  });

  it('of scaled units: the scale is folded into the layer before, and what follows into the next one', async () => {
    const { layers, activation } = await readGraph(
      withActivation(
        node('Mul', ['z', 'half'], 'h'),
        node('Sigmoid', ['h'], 's'),
        node('BatchNormalization', ['s', 'scale', 'shift', 'mean', 'variance'], 'a', g.float('epsilon', 0)),
      ),
      [
        half,
        tensor('scale', [2], [2, 3]),
        tensor('shift', [2], [1, 0]),
        tensor('mean', [2], [0, 1]),
        tensor('variance', [2], [1, 1]),
      ],
    );
    expect(activation).toBe('sigmoid');
    expect(layers[0]).toEqual(layerOf(0.5, [3.5, 4])[0]);
    expect(layers[1]).toEqual({
      inputs: 2,
      outputs: 2,
      weight: Float32Array.of(2, 9, 4, 12),
      bias: Float32Array.of(1 - 9, 2 - 12),
    });
  });
});
