// npm run package: packages for the system that it runs on, in dist/. What the machine cannot make is said, with the reason.
import { spawnSync } from 'node:child_process';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { makeDeb } from './deb.mjs';
import { linuxPackage } from './desktop-entry.mjs';
import { electronRuntime } from './electron-runtime.mjs';
import { build } from './ensure-built.mjs';
import { inProject, main, runNode } from './project.mjs';

const DIST = inProject('dist');

await main(async () => {
  await rm(DIST, { recursive: true, force: true });
  await build();
  const { dist, version, official } = await electronRuntime();
  const own = official ? ['-c.electronFuses.grantFileProtocolExtraPrivileges=false'] : [`-c.electronDist=${dist}`, `-c.electronVersion=${version}`];
  // Where Electron cannot be downloaded, electron-builder's tools for the other formats cannot be either.
  const targets = official ? [] : ['--dir'];
  const code = await runNode('node_modules/electron-builder/cli.js', [...targets, '--publish=never', ...own]);
  if (code !== 0) return code;
  if (!official) await makeWithoutDownloads();
  for (const name of (await readdir(DIST)).sort()) {
    const found = await stat(path.join(DIST, name));
    if (found.isFile() && /\.(AppImage|deb|tar\.gz|exe|dmg|zip)$/.test(name)) console.log(`${name}  ${(found.size / 1e6).toFixed(1)} MB`);
  }
});

async function makeWithoutDownloads() {
  const { executableName, version } = await linuxPackage();
  const name = `${executableName}-${version}`;
  const unpacked = path.join(DIST, 'linux-unpacked');
  const archived = spawnSync('tar', ['--transform', `s,^linux-unpacked,${name},`, '--owner=0', '--group=0', '-czf', path.join(DIST, `${name}.tar.gz`), '-C', DIST, 'linux-unpacked'], { encoding: 'utf8' });
  if (archived.status !== 0) throw new Error(`tar could not make ${name}.tar.gz: ${archived.stderr.trim()}`);
  if (spawnSync('which', ['dpkg-deb']).status === 0) await makeDeb(unpacked, DIST);
  else console.log('Not made here: .deb, since this system has no dpkg-deb.');
  console.log('Not made here: AppImage, whose tools electron-builder downloads from an address that is out of reach. Packages for Windows and macOS are made there.');
}
