// What speaks against releasing the packages in a folder.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { wrongFuses } from './fuses.mjs';
import { isMarked, isPackage } from './package-names.mjs';

const FRAMEWORK = 'Contents/Frameworks/Electron Framework.framework/Electron Framework';

/**
 * @param dist where npm run package has put its packages and the apps in them, unpacked
 * @param pinned the version of Electron in package.json
 * @returns a sentence for each reason; none if the packages may be released
 */
export async function reasonsAgainst(dist, pinned) {
  const names = await readdir(dist).catch(() => []);
  const reasons = names
    .filter((name) => isPackage(name) && isMarked(name))
    .map((name) => `${name} was made with an Electron that stands in for ${pinned}.`);
  if (!names.some(isPackage)) reasons.push(`There is no package in ${dist}. Please run npm run package first.`);
  const apps = await unpackedApps(dist, names);
  if (apps.length === 0)
    reasons.push(`There is no unpacked app in ${dist}, so nobody can say which Electron the packages hold.`);
  for (const app of apps)
    reasons.push(...(await reasonsAgainstApp(app, pinned)).map((reason) => `${path.relative(dist, app)}: ${reason}`));
  return reasons;
}

/** @returns the programs, or the .app folders on macOS */
async function unpackedApps(dist, names) {
  const apps = [];
  for (const name of names) {
    const program = /^linux.*-unpacked$/.test(name)
      ? /^mnist-studio$/
      : /^win.*-unpacked$/.test(name)
        ? /^MNIST Studio\.exe$/
        : /^mac/.test(name)
          ? /\.app$/
          : undefined;
    if (!program) continue;
    const found = (await readdir(path.join(dist, name))).filter((file) => program.test(file));
    apps.push(...found.map((file) => path.join(dist, name, file)));
  }
  return apps;
}

async function reasonsAgainstApp(app, pinned) {
  const version = await electronVersionOf(app.endsWith('.app') ? path.join(app, FRAMEWORK) : app);
  const fuses = await wrongFuses(app);
  if (version === pinned) return fuses;
  return [
    `It holds ${version ? `Electron ${version}` : 'an Electron of unknown version'}; expected ${pinned}, which ` +
      'package.json pins.',
    ...fuses,
  ];
}

/** From the user agent, which stands in the program as a text. */
async function electronVersionOf(program) {
  const bytes = await readFile(program);
  for (let at = bytes.indexOf(' Electron/'); at !== -1; at = bytes.indexOf(' Electron/', at + 1)) {
    const found = /^ Electron\/(\d+\.\d+\.\d+(?:-[\w.]+)?)/.exec(bytes.toString('latin1', at, at + 60));
    if (found) return found[1];
  }
  return undefined;
}
