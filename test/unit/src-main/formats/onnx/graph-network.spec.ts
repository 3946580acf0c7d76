// Which pixels a graph takes, by what it does to them before the first layer.
import { describe, expect, it } from 'vitest';
import { RAW_PIXELS, UNIT_PIXELS } from '../../../../../src-main/formats/open/imported-network';
import * as g from '../../../../fixtures/onnx-graph';
import { linear, readGraph, layerOf } from '../../../../fixtures/small-onnx';

const { node, tensor, scalar, input } = g;

describe('the scaling of the pixels is taken from the graph', () => {
  const scaledBy = (...nodes: g.NodeParts[]) => [...nodes, linear('u', 'z')];
  it.each<[string, g.NodeParts[] | g.GraphParts, object | undefined, number, number[]]>([
    [
      '× 1/255',
      { nodes: scaledBy(node('Mul', ['s', 'x'], 'u')), constants: [scalar('s', 1 / 255)] },
      UNIT_PIXELS,
      1,
      [7, 8],
    ],
    [
      '/ 127.5 − 1',
      {
        nodes: scaledBy(node('Div', ['x', 's'], 'v'), node('Sub', ['v', 'one'], 'u')),
        constants: [scalar('s', 127.5), scalar('one', 1)],
      },
      RAW_PIXELS,
      1 / 127.5,
      [7 - 6, 8 - 15],
    ],
    [
      '(x − 0.5) / 0.5',
      { nodes: scaledBy(node('Sub', ['x', 's'], 'v'), node('Div', ['v', 's'], 'u')), constants: [scalar('s', 0.5)] },
      UNIT_PIXELS,
      2,
      [7 - 6, 8 - 15],
    ],
    [
      'of bytes',
      { nodes: scaledBy(node('Cast', ['x'], 'u', g.integer('to', 1))), inputs: [input('x', ['n', 3], g.UINT8)] },
      RAW_PIXELS,
      1,
      [7, 8],
    ],
    [
      'for each pixel',
      { nodes: scaledBy(node('Div', ['x', 's'], 'u')), constants: [tensor('s', [3], [100, 100, 100])] },
      RAW_PIXELS,
      0.01,
      [7, 8],
    ],
    [
      'less the mean',
      { nodes: scaledBy(node('Sub', ['x', 's'], 'u')), constants: [tensor('s', [3], [0.5, 0, 1])] },
      UNIT_PIXELS,
      1,
      [7 - 3.5, 8 - 8],
    ],
    [
      'less the mean of bytes',
      { nodes: scaledBy(node('Sub', ['x', 's'], 'u')), constants: [scalar('s', 32)] },
      RAW_PIXELS,
      1,
      [7 - 192, 8 - 480],
    ],
    [
      'turned light for dark',
      { nodes: scaledBy(node('Sub', ['s', 'x'], 'u')), constants: [scalar('s', 1)] },
      UNIT_PIXELS,
      -1,
      [7 + 6, 8 + 15],
    ],
    [
      'measured by batch normalisation, which leaves it open',
      {
        nodes: scaledBy(node('BatchNormalization', ['x', 's', 'b', 'b', 'v'], 'u', g.float('epsilon', 0))),
        constants: [tensor('s', [3], [1, 1, 1]), tensor('b', [3], [0, 0, 0]), tensor('v', [3], [0.25, 0.25, 0.25])],
      },
      undefined,
      2,
      [7, 8],
    ],
    [
      'by a fourth, which leaves it open',
      { nodes: scaledBy(node('Div', ['x', 's'], 'u')), constants: [scalar('s', 4)] },
      undefined,
      0.25,
      [7, 8],
    ],
    [
      'of scikit-learn',
      scaledBy(node('ai.onnx.ml.Scaler', ['x'], 'u', g.floatList('offset', 1, 1, 1), g.floatList('scale', 2, 2, 2))),
      UNIT_PIXELS,
      2,
      [7 - 12, 8 - 30],
    ],
  ])('%s', async (_what, parts, pixels, factor, bias) => {
    const network = await readGraph(parts);
    expect(network.pixels).toEqual(pixels);
    expect(network.layers).toEqual(layerOf(factor, bias));
  });
});
