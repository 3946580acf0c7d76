// The charts of a part of the window as one SVG, each in its place under its title.
import { escapeMarkup } from '../ui/markup';
import { shownBy } from './line-chart.svelte';
import { svgChart } from './svg-chart';
import { readTheme } from './theme';

const TITLE_HEIGHT = 30;
/** Around all; another font than the app's may need some of it at the ends of the lines. */
const EDGE = 24;

/** @returns undefined where there is no chart of lines */
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
    return (
      `<text x="${x}" y="${y - 10}" ` +
      `style="fill:${theme.ink};font-weight:600;font-size:16px">${escapeMarkup(title)}</text>\n${svg.replace('<svg ', `<svg x="${x}" y="${y}" `)}`
    );
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" style="${escapeMarkup(`font-family:${theme.fontFamily}`)}">
<rect width="${width}" height="${height}" style="fill:${theme.paper}"/>
${drawn.join('\n')}
</svg>
`;
}
