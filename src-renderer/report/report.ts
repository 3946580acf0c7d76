// A run as one self-contained HTML page, to print, to send, or to open without the app. Pure.
import { storedTitle } from '../client/run-title';
import { escapeMarkup } from '../ui/markup';
import { curvesPart } from './curves-part';
import { mistakesPart, predictionsPart } from './predictions-part';
import { epochsPart, factsPart, headPart, settingsPart } from './record-part';
import type { ReportContent } from './report-content';
import { REPORT_STYLE } from './style';
import { weightsPart } from './weights-part';

/** Everything a person typed is escaped. */
export function reportPage({ record, predictions, weights, now }: ReportContent): string {
  const { summary } = record;
  const parts = [
    headPart(summary),
    curvesPart(record),
    predictionsPart(summary, predictions?.confusion, record.predictions?.epoch),
    mistakesPart(summary, predictions?.mistakes),
    weightsPart(weights),
    settingsPart(summary),
    epochsPart(record),
    factsPart(summary, now),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${escapeMarkup(storedTitle(summary))} · MNIST Studio</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<main>
${parts.join('\n')}
</main>
</body>
</html>
`;
}
