// Models that name the inputs of each layer.
import { describe, expect, it } from 'vitest';
import { parseNetwork } from '../../../../../src-main/formats/open/import-network';
import { RAW_PIXELS } from '../../../../../src-main/formats/open/imported-network';
import { hdf5Of, kerasArchive, layer, type LayerConfig } from '../../../../fixtures/keras-files';
import {
  expectOutputs,
  relu,
  first,
  second,
  WEIGHTS,
  X,
  INPUT,
  HIDDEN,
  OUTPUT,
} from '../../../../fixtures/keras-models';

describe('a functional model is refused', () => {
  it('if layers join or branch', async () => {
    const node = (...names: string[]) => [[...names.map((name) => [name, 0, 0, {}])]];
    const functional = (layers: object[], output: string) => ({
      class_name: 'Functional',
      config: { layers, input_layers: [['i', 0, 0]], output_layers: [[output, 0, 0]] },
    });
    const named = (config: LayerConfig, name: string, inbound: unknown) => ({
      ...config,
      name,
      inbound_nodes: inbound,
    });
    const weights = await hdf5Of({ shapes: WEIGHTS });
    const start = [named(INPUT, 'i', []), named(HIDDEN, 'a', node('i'))];
    const read = (config: object) => parseNetwork('n.keras', kerasArchive(config, weights));
    await expect(read(functional([...start, named(layer('Add'), 'add', node('i', 'a'))], 'add'))).rejects.toThrow(
      'its layer “add” (Add) has 2 inputs',
    );
    await expect(
      read(functional([...start, named(OUTPUT, 'b', node('a')), named(OUTPUT, 'c', node('a'))], 'b')),
    ).rejects.toThrow('the outputs of its layer “a” go to 2 layers');
    await expect(read(functional([...start, named(OUTPUT, 'b', node('a'))], 'a'))).rejects.toThrow(
      'the output of its model is that of a',
    );
    expectOutputs(await read(functional([...start, named(OUTPUT, 'b', node('a'))], 'b')), second(relu(first(X))));
  });
});

describe('a functional model is read', () => {
  it('with calculations of Keras 3 and Keras 2 on the pixels', async () => {
    const weights = await hdf5Of({ shapes: WEIGHTS });
    const tensor = (name: string) => ({ class_name: '__keras_tensor__', config: { keras_history: [name, 0, 0] } });
    const named = (config: LayerConfig, name: string, inbound: unknown) => ({
      ...config,
      name,
      inbound_nodes: inbound,
    });
    const model = (layers: object[]) => ({
      class_name: 'Functional',
      config: { layers, input_layers: ['i', 0, 0], output_layers: ['b', 0, 0] },
    });
    const end = (from: string) => [
      named(HIDDEN, 'a', [{ args: [tensor(from)], kwargs: {} }]),
      named(OUTPUT, 'b', [{ args: [tensor('a')], kwargs: { mask: null } }]),
    ];
    const keras3 = [
      named(INPUT, 'i', []),
      named(layer('TrueDivide'), 'd', [{ args: [tensor('i'), 255], kwargs: {} }]),
      named(layer('Subtract'), 's', [{ args: [1, tensor('d')], kwargs: {} }]),
      ...end('s'),
    ];
    const network = await parseNetwork('n.keras', kerasArchive(model(keras3), weights));
    expect(network.pixels).toEqual(RAW_PIXELS);
    expectOutputs(network, second(relu(first(X.map((value) => 1 - value / 255)))));
    const keras2 = [
      named(INPUT, 'i', []),
      named(layer('TFOpLambda', { function: 'math.truediv' }), 'd', [['i', 0, 0, { y: 255 }]]),
      ...end('d'),
    ];
    expectOutputs(
      await parseNetwork('n.keras', kerasArchive(model(keras2), weights)),
      second(relu(first(X.map((value) => value / 255)))),
    );
  });
});
