// A run as one page of HTML that needs nothing else: to be printed, sent, or opened without the app. Pure.
import type { Confusion } from '../mistakes';
import type { RunRecord } from '../../src-shared/runs/runs';
import { escapeMarkup } from '../ui/markup';
import { curvesPart } from './curves-part';
import { mistakesPart, readingsPart } from './predictions-part';
import { epochsPart, factsPart, headPart, settingsPart } from './record-part';
import { REPORT_STYLE } from './style';
import { weightsPart } from './weights-part';

/** A picture as a data URI, with the pixels that it takes on the page. */
export interface ReportPicture {
  uri: string;
  width: number;
  height: number;
}

export interface ReportMistake {
  /** Position in the test set, from 0. */
  image: number;
  picture: ReportPicture;
  truth: string;
  predicted: string;
  /** 0 to 1 */
  confidence: number;
}

export interface ReportParts {
  record: RunRecord;
  /** Undefined where the run's own test images are not open: the report then says so. */
  readings: { confusion: Confusion; mistakes: ReportMistake[] } | undefined;
  /** The first units of the first layer, and where the scale of their colours ends. */
  weights: { pictures: ReportPicture[]; units: number; limit: number };
  /** Milliseconds since 1970. */
  now: number;
}

/** Everything that a person has typed stands in it as text. */
export function reportPage(parts: ReportParts): string {
  const { record } = parts;
  const { summary } = record;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${escapeMarkup(summary.name)} · MNIST Studio</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<main>
${[headPart(summary), curvesPart(record), readingsPart(summary, parts.readings?.confusion, record.predictions?.epoch), mistakesPart(summary, parts.readings?.mistakes), weightsPart(parts.weights), settingsPart(summary), epochsPart(record), factsPart(summary, parts.now)].join('\n')}
</main>
</body>
</html>
`;
}
