// Builds tables and sections of the report. Pure.
import { escapeMarkup } from '../ui/markup';

/** Text, which is escaped, or safe markup. */
export type Cell = string | { markup: string; style?: string };

function cell(content: Cell, tag: 'th' | 'td'): string {
  const { markup, style } = typeof content === 'string' ? { markup: escapeMarkup(content), style: undefined } : content;
  return `<${tag}${tag === 'th' ? ' scope="row"' : ''}${style ? ` style="${style}"` : ''}>${markup}</${tag}>`;
}

/** @param head names of the columns. The first cell of each row names the row. */
export function table(
  className: string,
  caption: string,
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
): string {
  const header = head.map((name) => `<th scope="col">${escapeMarkup(name)}</th>`).join('');
  const body = rows.map(
    ([first, ...rest]) => `<tr>${cell(first!, 'th')}${rest.map((one) => cell(one, 'td')).join('')}</tr>`,
  );
  return [
    `<table class="${className}"><caption>${escapeMarkup(caption)}</caption>`,
    `<thead><tr>${header}</tr></thead><tbody>${body.join('\n')}</tbody></table>`,
  ].join('');
}

export function section(title: string, content: string): string {
  return `<section>\n<h2>${escapeMarkup(title)}</h2>\n${content}\n</section>`;
}
