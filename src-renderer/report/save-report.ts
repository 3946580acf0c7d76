// Collects the content of a kept run's report, draws its pictures, and saves it.
import type { RunRecord, RunSummary } from '../../src-shared/runs/runs';
import { colorize, divergingPalette, inkPalette, ZERO, type Palette } from '../charts/color-scale';
import { evenScale } from '../charts/picture-grid';
import type { Commander } from '../client/commander.svelte';
import { confusionOf } from '../mistakes';
import { firstLayerPictures } from '../weights';
import { testImage } from '../client/test-image';
import type { LoadedDataset } from '../client/training';
import { fileNameOf } from './file-name';
import { testLabelsOf } from './predictions-table';
import { reportPage } from './report';
import type { ReportContent, ReportMistake, ReportPicture } from './report-content';

const MOST_MISTAKES = 24;
const MOST_UNITS = 96;
/** Maximum length of a picture's longer side, CSS pixels. */
const MISTAKE_SIDE = 84;
const UNIT_SIDE = 84;
/** Light-theme colours always: pictures cannot follow the reader's theme. */
const INK = inkPalette([0, 0, 0]);
const WEIGHTS = divergingPalette([20, 96, 140], [251, 250, 248], [178, 60, 30]);

/** A failure is shown as a message. */
export async function saveReport(
  run: RunSummary,
  record: RunRecord,
  dataset: LoadedDataset,
  commander: Commander,
): Promise<void> {
  const network = await commander.ask('readNetwork', { run: run.id });
  if (!network) return;
  const { rows, columns } = run.dataset;
  const pictures = firstLayerPictures({ epochs: network.epoch, layers: network.layers }, run.dataset)!;
  const drawn = Array.from({ length: Math.min(MOST_UNITS, pictures.units) }, (_, unit) =>
    pictureOf(pictures.pixelsOf(unit), rows, columns, WEIGHTS, ZERO, UNIT_SIDE),
  );
  const page = reportPage({
    record: { ...record, summary: run },
    predictions: predictionsOf(run, record, dataset),
    weights: { pictures: drawn, units: pictures.units, limit: pictures.limit },
    now: Date.now(),
  });
  await commander.saveText('report', fileNameOf(run, 'report'), page);
}

function predictionsOf(
  run: RunSummary,
  { predictions }: RunRecord,
  dataset: LoadedDataset,
): ReportContent['predictions'] {
  const labels = testLabelsOf(run, dataset);
  if (!labels || !predictions) return undefined;
  const { rows, columns, classNames } = dataset.info;
  const { predicted, confidence } = predictions;
  const nameOf = (label: number): string => classNames[label] ?? String(label);
  const wrong = Array.from(labels.keys()).filter((image) => predicted[image] !== labels[image]);
  wrong.sort((a, b) => confidence[b]! - confidence[a]! || a - b);
  const mistakes = wrong.slice(0, MOST_MISTAKES).map((image): ReportMistake => ({
    image,
    picture: pictureOf(testImage(dataset, image), rows, columns, INK, 0, MISTAKE_SIDE),
    truth: nameOf(labels[image]!),
    predicted: nameOf(predicted[image]!),
    confidence: confidence[image]!,
  }));
  return { confusion: confusionOf(predicted, labels, classNames.length), mistakes };
}

/** @param offset added to a pixel value to get its place in the palette */
function pictureOf(
  pixels: ArrayLike<number>,
  rows: number,
  columns: number,
  palette: Palette,
  offset: number,
  side: number,
): ReportPicture {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [columns, rows];
  canvas.getContext('2d')!.putImageData(new ImageData(colorize(pixels, palette, offset), columns, rows), 0, 0);
  const scale = evenScale(side, Math.max(rows, columns));
  return { uri: canvas.toDataURL('image/png'), width: Math.round(columns * scale), height: Math.round(rows * scale) };
}
