// The curves of several runs on one chart: a colour for each, training dashed, test solid, and for several runs as one
// their mean and spread. Pure.
import type { RunRecord } from '../../../src-shared/runs/runs';
import { testCurve, trainCurve, valuesToShow, type CurvePoint } from '../../charts/curves';
import type { Mark, Series } from '../../charts/line-chart-data';
import { type Lines, type Measure, measureScale, placedOn } from '../../training';
import { pointsIn } from '../../charts/scales';
import type { Range } from '../../charts/zoom';
import { epochCurve, spreadOf } from './gather';
import { elided } from '../../client/run-words';
import { MARKS } from '../chosen-runs';
import { numbersOf } from '../seed-sets';

export interface OverlaidRun {
  record: RunRecord;
  /** Slot of its colour and mark. */
  slot: number;
}

export interface OverlayOptions {
  /** Epochs. Undefined for all. */
  range: Range | undefined;
  log: boolean;
  /** Whether training curves are drawn too. */
  train: boolean;
  /** Most characters of a name at the end of a line. */
  nameLength: number;
}

/**
 * "■ #2 learning…seed 1", or "■ #2–6 mean of 5" for five runs as one.
 * @param most characters of the name
 */
export function lineName([first, ...others]: readonly OverlaidRun[], most: number): string {
  if (!first) return '';
  return (
    `${MARKS[first.slot]} ${numbersOf([first, ...others].map(({ record }) => record.summary))} ` +
    `${others.length > 0 ? `mean of ${others.length + 1}` : elided(first.record.summary.name, most)}`
  );
}

/** The last epoch on the chart. A run that is training counts with all its epochs. */
export function overlayEpochs(gathered: readonly (readonly OverlaidRun[])[]): number {
  return Math.max(
    1,
    ...gathered
      .flat()
      .map(({ record }) =>
        record.summary.status === 'running' ? record.summary.epochs : (record.history.at(-1)?.epoch ?? 0),
      ),
  );
}

const SHAPES: Readonly<Record<string, Mark>> = { '●': 'circle', '■': 'rect', '◆': 'rectRot', '▲': 'triangle' };

interface Drawn {
  train: CurvePoint[];
  test: CurvePoint[];
  /** The lowest and the highest test curve. Undefined for a single run. */
  band: [CurvePoint[], CurvePoint[]] | undefined;
}

function drawnOf(runs: readonly OverlaidRun[], measure: Measure, train: boolean): Drawn {
  if (runs.length === 1) {
    const { record } = runs[0]!;
    return {
      train: train ? trainCurve(record.points, measure, record.summary.epochs) : [],
      test: testCurve(record.history, measure),
      band: undefined,
    };
  }
  const mean = (curves: CurvePoint[][]): CurvePoint[] => spreadOf(curves).map(({ x, mean: y }) => ({ x, y }));
  const tests = runs.map(({ record }) => testCurve(record.history, measure));
  const spread = spreadOf(tests);
  return {
    train: train ? mean(runs.map(({ record }) => epochCurve(record, measure))) : [],
    test: spread.map(({ x, mean: y }) => ({ x, y })),
    band: [spread.map(({ x, min: y }) => ({ x, y })), spread.map(({ x, max: y }) => ({ x, y }))],
  };
}

/** @param gathered each inner list is drawn as one curve */
export function overlayLines(
  gathered: readonly (readonly OverlaidRun[])[],
  measure: Measure,
  { range, log, train, nameLength }: OverlayOptions,
): Lines {
  const series: Series[] = [];
  const values: number[] = [];
  for (const runs of gathered) {
    const { slot } = runs[0]!;
    const color: Series['color'] = ({ classes }) => classes[slot]!;
    const drawn = drawnOf(runs, measure, train);
    const placed = (points: CurvePoint[]): readonly CurvePoint[] => placedOn(points, measure, log);
    const [trained, tested] = [placed(drawn.train), placed(drawn.test)];
    const band = drawn.band?.map(placed) ?? [];
    band.forEach((points, k) => series.push({ name: '', points, color, width: 0, band: k === 1 }));
    series.push(
      { name: '', points: trained, color, width: 1.25, dash: [5, 3] },
      {
        name: lineName(runs, nameLength),
        points: tested,
        color,
        width: 2.25,
        dots: true,
        mark: SHAPES[MARKS[slot]!]!,
      },
    );
    const seen = [trained, tested, ...band];
    values.push(
      ...(range
        ? seen.flatMap((points) => pointsIn(points, range.from, range.to).map(({ y }) => y))
        : valuesToShow(trained, [...tested, ...band.flat()])),
    );
  }
  return { series, ...measureScale(values, measure, { log, part: range !== undefined }) };
}
