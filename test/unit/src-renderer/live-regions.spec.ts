// A screen reader announces what changes in a live region, and often misses a region that appears with its text.
import { expect, it } from 'vitest';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse, type AST } from 'svelte/compiler';

const PAGE = path.resolve(import.meta.dirname, '../../../src-renderer');
const LIVE_ROLES = ['alert', 'status', 'log'];

const isElement = (node: AST.Fragment['nodes'][number]): node is AST.RegularElement => node.type === 'RegularElement';

function isLive(element: AST.RegularElement): boolean {
  return element.attributes.some((attribute) => {
    if (attribute.type !== 'Attribute') return false;
    const [value] = Array.isArray(attribute.value) ? attribute.value : [];
    return (
      attribute.name === 'aria-live' ||
      (attribute.name === 'role' && value?.type === 'Text' && LIVE_ROLES.includes(value.data))
    );
  });
}

/** Live regions directly inside a condition or a list, so that they appear together with their text. */
function lateRegions(fragment: AST.Fragment, conditional: boolean): string[] {
  return fragment.nodes.flatMap((node): string[] => {
    if (node.type === 'IfBlock')
      return [...lateRegions(node.consequent, true), ...(node.alternate ? lateRegions(node.alternate, true) : [])];
    if (node.type === 'EachBlock') return lateRegions(node.body, true);
    if (!isElement(node))
      return 'fragment' in node && node.fragment ? lateRegions(node.fragment as AST.Fragment, false) : [];
    return [...(conditional && isLive(node) ? [node.name] : []), ...lateRegions(node.fragment, false)];
  });
}

it('every live region is there before its text', async () => {
  const files = (await readdir(PAGE, { recursive: true })).filter((file) => file.endsWith('.svelte'));
  const late: string[] = [];
  for (const file of files) {
    const { fragment } = parse(await readFile(path.join(PAGE, file), 'utf8'), { modern: true });
    late.push(...lateRegions(fragment, false).map((name) => `${file}: ${name}`));
  }
  expect(late).toEqual([]);
});

it('finds a region that appears with its text', () => {
  const lateIn = (source: string) => lateRegions(parse(source, { modern: true }).fragment, false);
  expect(lateIn('{#if failure}<p role="alert">{failure}</p>{/if}')).toEqual(['p']);
  expect(lateIn('{#if open}a{:else if failure}<p aria-live="polite">{failure}</p>{/if}')).toEqual(['p']);
  expect(lateIn('<p role="alert">{#if failure}{failure}{/if}</p>')).toEqual([]);
});
