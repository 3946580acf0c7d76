// The report's section about the first layer's weights. Pure.
import { formatCount, formatSigned } from '../ui/format';
import type { ReportContent } from './report-content';
import { section } from './table';

export function weightsPart({ pictures, units, limit }: ReportContent['weights']): string {
  const which =
    pictures.length < units ? `${pictures.length} of ${formatCount(units)} units` : `all ${formatCount(units)} units`;
  const says =
    `Weights between the pixels and ${which}: blue ${formatSigned(-limit)}, orange ${formatSigned(limit)}. Ink on ` +
    'orange makes a unit more active, on blue less.';
  const images = pictures.map(
    ({ uri, width, height }, unit) =>
      `<li><img src="${uri}" width="${width}" height="${height}" alt="Weights of unit ${unit + 1}"></li>`,
  );
  return section(
    'First-layer weights',
    `<p class="muted">${says}</p><ul class="pictures tight">${images.join('')}</ul>`,
  );
}
