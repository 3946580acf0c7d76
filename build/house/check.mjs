// What ESLint cannot see, because it looks at one file at a time: how large files and folders are, and how wide lines.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { inProject, nameInProject, projectRoot } from '../project.mjs';
import { importsOf } from './imports.mjs';

export const MOST_LINES = 300;
export const MOST_COLUMNS = 120;
export const MOST_FILES = 25;
const CODE = /\.(?:ts|svelte|mjs|cjs|js|css)$/;

/** @param files [path, text] of each file, paths relative to the project. @returns sentences about what is too large */
export function tooLarge(files) {
  const found = [];
  const inFolder = new Map();
  for (const [name, text] of files) {
    const folder = path.posix.dirname(name);
    inFolder.set(folder, (inFolder.get(folder) ?? 0) + 1);
    const lines = text.replace(/\n$/, '').split('\n');
    if (lines.length > MOST_LINES)
      found.push(`${name} has ${lines.length} lines, more than ${MOST_LINES}. Please split it by topic.`);
    const wide = lines.findIndex((line) => [...line].length > MOST_COLUMNS);
    if (wide >= 0) found.push(`${name}:${wide + 1} is wider than ${MOST_COLUMNS} characters. Please break the line.`);
  }
  for (const [folder, count] of inFolder) {
    if (count > MOST_FILES && folder.startsWith('src-'))
      found.push(
        `${folder} has ${count} files, more than ${MOST_FILES}. Please move those of one topic into a folder.`,
      );
  }
  return found;
}

/**
 * @param imports [path, paths that it imports] of each file
 * @returns sentences about components of ui/ with one user
 */
export function lonelyComponents(imports) {
  return imports
    .map(([name]) => name)
    .filter((name) => /^src-renderer\/ui\/.*\.svelte$/.test(name))
    .map((name) => [name, imports.filter(([, targets]) => targets.includes(name)).map(([user]) => user)])
    .filter(([, users]) => users.length < 2)
    .map(([name, users]) => `${name} is used by ${users[0] ?? 'nobody'} alone. Please move it there, or delete it.`);
}

/** @returns [path, text] of each file of code that git knows or would add */
export async function codeOfProject() {
  const { stdout } = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate'], {
    cwd: projectRoot,
    encoding: 'utf8',
  });
  const names = stdout.split('\n').filter((name) => CODE.test(name));
  const texts = await Promise.all(names.map((name) => readFile(inProject(name), 'utf8').catch(() => undefined)));
  return names.flatMap((name, k) => (texts[k] === undefined ? [] : [[name, texts[k]]]));
}

export function importsAmong(files) {
  return files
    .filter(([name]) => name.startsWith('src-'))
    .map(([name, text]) => [name, importsOf(inProject(name), text).map(nameInProject)]);
}
