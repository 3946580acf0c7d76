// npm run package: packages for the system that it runs on, in dist/. Names what the machine cannot make, with the
// reason.
import { spawnSync } from 'node:child_process';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { makeDeb } from './deb.mjs';
import { linuxPackage } from './desktop-entry.mjs';
import { electronRuntime } from './electron-runtime.mjs';
import { build } from './ensure-built.mjs';
import { isPackage, substituteMark, substituteOf } from './package-names.mjs';
import { inProject, main, runNode } from './project.mjs';

const DIST = inProject('dist');

await main(async () => {
  await rm(DIST, { recursive: true, force: true });
  await build();
  const runtime = await electronRuntime();
  // Where Electron cannot be downloaded, electron-builder's tools for its packages cannot be either.
  const options = runtime.official
    ? []
    : ['--dir', `-c.electronDist=${runtime.dist}`, `-c.electronVersion=${runtime.version}`];
  const code = await runNode('node_modules/electron-builder/cli.js', ['--publish=never', ...options]);
  if (code !== 0) return code;
  if (process.platform === 'linux') await makeLinuxPackages(substituteOf(runtime));
  if (!runtime.official) console.log(notMade(runtime.version));
  for (const name of (await readdir(DIST)).filter(isPackage).sort()) {
    console.log(`${name}  ${((await stat(path.join(DIST, name))).size / 1e6).toFixed(1)} MB`);
  }
});

/**
 * Those that need no tool of electron-builder's: they are the same with the official Electron and with a substitute.
 */
async function makeLinuxPackages(substitute) {
  const { executableName, version } = await linuxPackage();
  const name = `${executableName}-${version}${substituteMark(substitute)}`;
  const unpacked = path.join(DIST, process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`);
  const archived = spawnSync(
    'tar',
    [
      '--transform',
      `s,^${path.basename(unpacked)},${name},`,
      '--owner=0',
      '--group=0',
      '-czf',
      path.join(DIST, `${name}.tar.gz`),
      '-C',
      DIST,
      path.basename(unpacked),
    ],
    { encoding: 'utf8' },
  );
  if (archived.status !== 0) throw new Error(`tar could not make ${name}.tar.gz: ${archived.stderr.trim()}`);
  if (spawnSync('which', ['dpkg-deb']).status === 0) await makeDeb(unpacked, DIST, substitute);
  else console.log('Not made here: .deb, since this system has no dpkg-deb.');
}

function notMade(version) {
  const formats = { linux: 'AppImage', win32: 'the installer and the portable program', darwin: '.dmg and .zip' }[
    process.platform
  ];
  return (
    `Not made here, for want of downloads: ${formats}. This app was made with Electron ${version}: for ` +
    'development only, not to be released.'
  );
}
