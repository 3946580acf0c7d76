import { describe, expect, it } from 'vitest';
import type { EpochResult } from '../../../../src-shared/runs/score';
import { countByClass, flagsOf, mapRows } from '../../../../src-renderer/map/map-images';
import type { Projection } from '../../../../src-renderer/map/projection';
import {
  choiceKey,
  choiceOf,
  sourceToShow,
  sourceLabel,
  sourcesOf,
  valuesOf,
} from '../../../../src-renderer/map/sources';
import { axisLabel, chosenText, describeSource, imageText, mapText } from '../../../../src-renderer/map/map-words';
import type { LoadedDataset } from '../../../../src-renderer/client/training';

const SIZES = [784, 64, 32, 10];
const dataset = {
  info: { classNames: ['cat', 'dog'], rows: 2, columns: 2, labelErrors: [2] },
  testImages: new Uint8Array(12),
  testLabels: Uint16Array.of(0, 1, 1),
} as unknown as LoadedDataset;
const predictions = {
  predicted: Uint16Array.of(0, 0, 1),
  confidence: Float32Array.of(0.75, 0.5, 1),
  probabilities: new Float32Array(6),
};
const projection: Projection = {
  key: 'pca pixels',
  method: 'pca',
  positions: new Float32Array(6),
  extent: [1, 1],
  scores: Float32Array.of(1, 2, 3, 4, 5, 6),
  axes: [
    { component: 1, share: 0.321 },
    { component: 2, share: 0.075 },
  ],
  components: [],
};

describe('the source of a map', () => {
  it('is the pixels if there is no network, then also any hidden layer or the output', () => {
    expect(sourcesOf(undefined)).toEqual(['pixels']);
    expect(sourcesOf(SIZES)).toEqual(['pixels', 0, 1, 'probabilities']);
    expect(sourcesOf(SIZES).map((source) => sourceLabel(source, SIZES))).toEqual([
      'Pixels',
      'Layer 1 · 64 units',
      'Layer 2 · 32 units',
      'Output probabilities',
    ]);
  });

  it('is the last hidden layer unless another one that exists is requested', () => {
    expect(sourceToShow(undefined, undefined)).toBe('pixels');
    expect(sourceToShow(undefined, SIZES)).toBe(1);
    expect(sourceToShow(0, SIZES)).toBe(0);
    expect(sourceToShow(4, SIZES)).toBe(1);
    expect(sourceToShow(undefined, [784, 10])).toBe('pixels');
  });

  it('is found by the key of its choice', () => {
    expect(choiceOf(choiceKey({ method: 'pca', source: 1 }), SIZES)).toEqual({ method: 'pca', source: 1 });
    expect(choiceOf('pca 7', SIZES)).toBeUndefined();
  });

  it('has no values before they have arrived, and never those of another layer', () => {
    const values = new Float32Array(96);
    const run = {
      activations: { layer: 1, units: 32, epochs: 1.5, values },
      predictions,
      results: [{ epoch: 3 }] as EpochResult[],
    };
    expect(valuesOf(0, dataset, run)).toBeUndefined();
    expect(valuesOf('probabilities', dataset, undefined)).toBeUndefined();
    expect(valuesOf(1, dataset, run)).toEqual({ values, columns: 32, scale: 1, epochs: 1.5 });
    expect(valuesOf('probabilities', dataset, run)).toEqual({
      values: predictions.probabilities,
      columns: 2,
      scale: 1,
      epochs: 3,
    });
    expect(valuesOf('pixels', dataset, undefined)).toEqual({
      values: dataset.testImages,
      columns: 4,
      scale: 1 / 255,
      epochs: undefined,
    });
  });
});

describe('a map in words', () => {
  it('names its axes with their share of the variance', () => {
    expect(projection.axes.map(axisLabel)).toEqual([
      'component 1, 32% of the variance',
      'component 2, 7.5% of the variance',
    ]);
  });

  it('says what it is of, with its axes and its mistakes', () => {
    expect(describeSource('pixels', SIZES, undefined)).toBe('pixels');
    expect(describeSource(1, SIZES, 3)).toBe('layer 2 · 32 units after 3.0 epochs');
    expect(mapText(projection, 'pixels', 1)).toContain(
      'Map of 3 test images by pixels, principal components, coloured by class. Component 1, 32% of the ' +
        'variance; component 2, 7.5%',
    );
    expect(mapText(projection, 'pixels', 1)).toContain('1 misclassified image is ringed');
    expect(mapText(projection, 'pixels', 2)).toContain('2 misclassified images are ringed');
    expect(mapText(projection, 'pixels', undefined)).not.toContain('ringed');
  });

  it('says what an image is, and what it was predicted as', () => {
    expect(imageText(dataset, undefined, 1)).toMatchObject({
      predicted: undefined,
      sure: undefined,
      sentence: 'Test image 1: is dog',
    });
    expect(imageText(dataset, predictions, 1)).toMatchObject({
      wrong: true,
      sure: '50.0% sure',
      sentence: 'Test image 1: predicted cat, is dog, 50.0% sure',
    });
    expect(imageText(dataset, predictions, 2)).toMatchObject({ wrong: false, name: 'test image 2' });
    expect(imageText(dataset, predictions, 2).sentence).toContain('label error');
  });

  it('says how many are chosen', () => {
    expect([chosenText(1, undefined), chosenText(1230, 4)]).toEqual([
      '1 image chosen',
      '1,230 images chosen, 4 misclassified',
    ]);
  });

  it('can be saved as a table', () => {
    expect([...mapRows(projection, dataset, predictions)]).toEqual([
      [0, 'cat', 'cat', 0.75, 1, 2],
      [1, 'dog', 'cat', 0.5, 3, 4],
      [2, 'dog', 'dog', 1, 5, 6],
    ]);
    expect([...mapRows(projection, dataset, undefined)][1]).toEqual([1, 'dog', '', '', 3, 4]);
  });
});

describe('images of a map', () => {
  it('are counted by class and marked one by one', () => {
    expect(countByClass(dataset.testLabels, 2)).toEqual([1, 2]);
    expect(flagsOf(Uint32Array.of(2, 0), 4)).toEqual(Uint8Array.of(1, 0, 1, 0));
  });
});
