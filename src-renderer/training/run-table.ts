// Everything that the charts of a run show, as a CSV table. Pure.
import { toCsv } from '../ui/csv';
import type { Run } from '../client/training';

/** A row for each point of the training curve, each epoch and each gradient. Cells without a value are empty. */
export function runTable({ points, results, gradients }: Pick<Run, 'points' | 'results' | 'gradients'>): string {
  const layers = gradients[0]?.layers.length ?? 0;
  const norms = Array.from({ length: layers }, (_, layer) =>
    layer === layers - 1 ? 'gradient norm output' : `gradient norm layer ${layer + 1}`,
  );
  const header = [
    'row',
    'epochs',
    'train loss',
    'train accuracy',
    'test loss',
    'test accuracy',
    'validation loss',
    'validation accuracy',
    'learning rate',
    ...norms,
  ];
  const none = new Array<string>(layers).fill('');
  return toCsv(header, [
    ...points.map(({ epochs, loss, accuracy, learningRate }) => [
      'point',
      epochs,
      loss,
      accuracy,
      '',
      '',
      '',
      '',
      learningRate,
      ...none,
    ]),
    ...results.map(({ epoch, trainLoss, trainAccuracy, testLoss, testAccuracy, validation, learningRate }) => [
      'epoch',
      epoch,
      trainLoss,
      trainAccuracy,
      testLoss,
      testAccuracy,
      validation?.loss ?? '',
      validation?.accuracy ?? '',
      learningRate,
      ...none,
    ]),
    ...gradients.map(({ epochs, layers: all }) => [
      'gradient',
      epochs,
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      ...all.map(({ norm }) => norm),
    ]),
  ]);
}
