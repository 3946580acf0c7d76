// The output of an evaluation: as text, or as one JSON object that also has every assumption.
import { sizesOf } from '../../src-shared/networks/layers';
import type { Score } from '../../src-shared/runs/score';
import type { DatasetInfo } from '../../src-shared/data/dataset';
import { fixed, percent } from './output';
import type { ImportedNetwork, Source } from '../formats/open/imported-network';

/** The answers of the command line are its options. */
const SOURCES: Record<Source, string> = { file: 'file', answer: 'option', assumed: 'assumed' };

export function evaluationAsJson(network: ImportedNetwork, info: DatasetInfo, { loss, accuracy }: Score): string {
  const hasActivation = network.layers.length > 1;
  const { activation, leakySlope, pixels, order, notes } = network;
  const evaluation = {
    kind: 'evaluation',
    testLoss: loss,
    testAccuracy: accuracy,
    test: info.testCount,
    sizes: sizesOf(network.layers),
    // Without hidden layers there is no activation.
    ...(hasActivation && { activation, activationFrom: SOURCES[network.activationFrom] }),
    ...(network.leakySlopeFrom && { leakySlope, leakySlopeFrom: SOURCES[network.leakySlopeFrom] }),
    pixels,
    pixelsFrom: SOURCES[network.pixelsFrom],
    order,
    notes,
    dataset: info.name,
    datasetNotes: info.notes,
  };
  return `${JSON.stringify(evaluation)}\n`;
}

export function evaluationInWords(
  { layers, notes }: ImportedNetwork,
  info: DatasetInfo,
  { loss, accuracy }: Score,
  name: string,
): string {
  const sizes = sizesOf(layers).join('-');
  const result = `test loss: ${fixed(loss, 4)}  test accuracy: ${percent(accuracy)}`;
  const title = `${name}: ${sizes}, on the ${info.testCount} test images of ${info.name}`;
  return `${[title, ...info.notes, ...notes, result].join('\n')}\n`;
}
