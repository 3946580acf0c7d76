// The line charts inside an element as one SVG, each at its place under its title.
import { escapeMarkup } from '../ui/markup';
import { shownBy } from './line-chart.svelte';
import { svgChart } from './svg-chart';
import { readTheme } from './theme';

const TITLE_HEIGHT = 30;
/** Margin around all charts. A font wider than the app's may need some of it at the ends of the lines. */
const EDGE = 24;

/** @returns undefined if the element contains no line chart */
export function chartsAsSvg(part: HTMLElement): string | undefined {
  const theme = readTheme();
  const charts = [...part.querySelectorAll('canvas')].flatMap((canvas) => {
    const data = shownBy(canvas);
    return data ? [{ canvas, data, box: canvas.getBoundingClientRect() }] : [];
  });
  if (charts.length === 0) return undefined;
  const left = Math.min(...charts.map(({ box }) => box.left)) - EDGE;
  const top = Math.min(...charts.map(({ box }) => box.top)) - TITLE_HEIGHT - EDGE;
  const width = Math.round(Math.max(...charts.map(({ box }) => box.right)) + EDGE - left);
  const height = Math.round(Math.max(...charts.map(({ box }) => box.bottom)) + EDGE - top);
  const drawn = charts.map(({ canvas, data, box }, k) => {
    const title = canvas.closest('section[aria-label]')?.getAttribute('aria-label') ?? 'Chart';
    const description =
      canvas.closest<HTMLElement>('[data-says]')?.dataset['says'] ??
      canvas.closest('[role="img"]')?.getAttribute('aria-label') ??
      title;
    const [x, y] = [Math.round(box.left - left), Math.round(box.top - top)];
    const svg = svgChart(data, theme, {
      width: Math.round(box.width),
      height: Math.round(box.height),
      id: `chart-${k + 1}`,
      title,
      description,
    });
    const titleStyle = `fill:${theme.ink};font-weight:600;font-size:16px`;
    return (
      `<text x="${x}" y="${y - 10}" style="${titleStyle}">${escapeMarkup(title)}</text>\n` +
      svg.replace('<svg ', `<svg x="${x}" y="${y}" `)
    );
  });
  const font = escapeMarkup(`font-family:${theme.fontFamily}`);
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} style="${font}">
<rect width="${width}" height="${height}" style="fill:${theme.paper}"/>
${drawn.join('\n')}
</svg>
`;
}
