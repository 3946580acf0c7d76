// The imports of the sources, types included, as a graph between files.
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const ENDINGS = ['', '.ts', '.svelte.ts', '.svelte', '/index.ts'];
/** import … from '…', export … from '…', import('…'), new URL('…', import.meta.url); paths that begin with a dot. */
const SPECIFIER = /(?:\bfrom\s*|\bimport\s*\(?\s*|\bnew URL\(\s*)'(\.[^'\n]*)'/g;

/** @returns the path of the file that an import of `file` names, or undefined if there is none. Absolute paths. */
export function resolveImport(file, specifier) {
  const stem = path.resolve(path.dirname(file), specifier.replace(/\?.*$/, ''));
  return ENDINGS.map((ending) => stem + ending).find((name) => existsSync(name) && statSync(name).isFile());
}

/** @returns the files that a file imports; absolute paths, without packages */
export function importsOf(file, text = readFileSync(file, 'utf8')) {
  const names = [...text.matchAll(SPECIFIER)].map(([, specifier]) => resolveImport(file, specifier));
  return [...new Set(names.filter((name) => name !== undefined))];
}

/**
 * The shortest way from one file back to itself by its imports.
 * @param imports (file) => the files that it imports
 * @returns the files on the way, the first one at both ends; undefined if there is none
 */
export function circleThrough(file, first, imports) {
  const from = new Map([[first, file]]);
  for (const next of from.keys()) {
    if (next === file) break;
    for (const target of imports(next)) if (!from.has(target)) from.set(target, next);
  }
  if (!from.has(file)) return undefined;
  const circle = [file];
  do circle.unshift(from.get(circle[0]));
  while (circle[0] !== file);
  return circle;
}
