// Constants that a graph converts to another type.
import { describe, expect, it } from 'vitest';
import * as g from '../../../../fixtures/onnx-graph';
import { readGraph, layerOf } from '../../../../fixtures/small-onnx';

const { node, tensor, integers } = g;

describe('a constant that is made into another type', () => {
  const cast = (values: number[], to: number, type?: number) => {
    const nodes = [
      node('Cast', ['C'], 'd', g.integer('to', to)),
      node('Cast', ['d'], 'D', g.integer('to', 1)),
      node('Gemm', ['x', 'W', 'D'], 'z', g.integer('transB', 1)),
    ];
    return readGraph(nodes, [tensor('C', [2], values, type)]);
  };

  it.each<[string, number[], number, number | undefined]>([
    ['too large for a byte', [257, 1], g.UINT8, g.INT64],
    ['below zero, for a byte', [-1, 1], g.UINT8, undefined],
    ['too large for int8', [128, 1], 3, undefined],
    ['not a number', [NaN, 1], g.INT64, undefined],
    ['without an end', [Infinity, 1], 6, undefined],
    ['too large for float16', [70_000, 1], 10, undefined],
    ['for a type that is not used', [1, 1], 17, undefined],
  ])('is refused if it is %s', async (_what, values, to, type) => {
    await expect(cast(values, to, type)).rejects.toThrow('its node “d_node” (Cast) converts a constant to');
  });

  it('is refused if it is like a kind of integers and may not fit', async () => {
    const nodes = (like: string) => [
      node('CastLike', ['C', like], 'd'),
      node('CastLike', ['d', 'W'], 'D'),
      node('Gemm', ['x', 'W', 'D'], 'z', g.integer('transB', 1)),
    ];
    await expect(readGraph(nodes('I'), [tensor('C', [2], [200.5, 1]), integers('I', 0)])).rejects.toThrow(
      'its node “d_node” (CastLike) converts a constant to',
    );
    expect((await readGraph(nodes('I'), [tensor('C', [2], [7.5, 8]), integers('I', 0)])).layers).toEqual(layerOf());
  });

  it.each<[string, number[], number, number[]]>([
    ['is 1 as a truth unless it is 0', [0.5, 0], 9, [1, 0]],
    ['loses its fraction as a whole number', [-7.9, 7.9], 3, [-7, 7]],
    ['stays the same as another float', [0.5, -7], 11, [0.5, -7]],
  ])('%s', async (_what, values, to, bias) => {
    expect((await cast(values, to)).layers).toEqual(layerOf(1, bias));
  });
});
