// Graphs that leave the number of pixels open.
import { describe, expect, it } from 'vitest';
import * as g from '../../../../fixtures/onnx-graph';
import { linear, readGraph, layerOf } from '../../../../fixtures/small-onnx';

const { node, integers, input } = g;

describe('if the number of pixels is open and several are tried', () => {
  const open = { inputs: [input('x', ['n', 'm'])] };
  const many = node('ConstantOfShape', ['million'], 'c');
  const first = node('Slice', ['d', 'zero', 'one'], 'e');
  const constants = [integers('million', 1_000_000), integers('zero', 0), integers('one', 1)];
  const rest = [first, node('Add', ['x', 'e'], 'u'), linear('u', 'z')];

  it('all attempts together may make only so many numbers out of constants', async () => {
    const ofPixels = [
      node('Shape', ['x'], 's'),
      node('Gather', ['s', 'one'], 'm'),
      node('Cast', ['m'], 'f', g.integer('to', 1)),
      many,
      node('Mul', ['c', 'f'], 'd'),
    ];
    await expect(readGraph({ nodes: [...ofPixels, ...rest], constants, ...open })).rejects.toThrow(
      'its node “d_node” (Mul) computes more numbers from constants than a network needs',
    );
  });

  it('constants that are the same in each attempt are computed once', async () => {
    const same = [many, node('Mul', ['c', 'c'], 'd')];
    expect((await readGraph({ nodes: [...same, ...rest], constants, ...open })).layers).toEqual(layerOf());
  });
});
