// Which pixels a model takes, by its layers before the first Dense layer.
import { describe, expect, it } from 'vitest';
import { RAW_PIXELS } from '../../../../../src-main/formats/open/imported-network';
import { layer, type LayerConfig } from '../../../../fixtures/keras-files';
import { archive, HIDDEN, IMAGE, OUTPUT } from '../../../../fixtures/keras-models';

describe('the scaling of the pixels is taken from a model', () => {
  it('by all layers before the first Dense layer', async () => {
    const pixelsAfter = async (...layers: LayerConfig[]) =>
      (await archive([IMAGE, ...layers, layer('Flatten'), HIDDEN, OUTPUT])).pixels;
    const [moved, divided] = [
      layer('Rescaling', { name: 'moved', scale: 1, offset: -127.5 }),
      layer('Rescaling', { name: 'divided', scale: 1 / 127.5, offset: 0 }),
    ];
    expect(await pixelsAfter(moved, divided)).toEqual(RAW_PIXELS);
    expect(await pixelsAfter(moved, layer('Permute', { dims: [2, 1] }), divided)).toEqual(RAW_PIXELS);
    expect(await pixelsAfter(moved)).toEqual(RAW_PIXELS);
    expect(await pixelsAfter(layer('Rescaling', { scale: 0.5, offset: 0.5 }))).toBeUndefined();
  });

  it('not by what was measured of the pixels, except if it is the scale of bytes', async () => {
    const measured = (kind: 'normalization' | 'batch_normalization', variance: number) => {
      const isBatch = kind === 'batch_normalization';
      const sides = isBatch ? [1] : [];
      const values = isBatch ? [1, 0, 0.1, variance] : [0.1, variance, 9];
      const arrays = Object.fromEntries(
        values.map((value, k) => [`layers/${kind}/vars/${k}`, { shape: sides, values: Float32Array.of(value) }]),
      );
      const config = isBatch ? layer('BatchNormalization', { axis: -1 }) : layer('Normalization', { axis: null });
      const image = layer('InputLayer', { batch_shape: [null, 2, 3, 1] });
      return archive([image, config, layer('Flatten'), HIDDEN, OUTPUT], { arrays });
    };
    for (const kind of ['normalization', 'batch_normalization'] as const) {
      expect((await measured(kind, 0.09)).pixels, kind).toBeUndefined();
      expect((await measured(kind, 6000)).pixels, kind).toEqual(RAW_PIXELS);
    }
  });
});
