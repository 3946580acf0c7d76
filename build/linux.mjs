// What Electron needs of a Linux system: a display, and shared libraries that a minimal system lacks.
import { spawnSync } from 'node:child_process';
import { run } from './project.mjs';

/** Debian packages with what the app needs, and with what its tests need where there is no display. */
export const APP_PACKAGES = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1'];
export const TEST_PACKAGES = [...APP_PACKAGES, 'xvfb', 'xauth'];
/**
 * Apart from those, because not every system has a package of it (Ubuntu has none), and then only its tests are
 * skipped.
 */
export const CHROMIUM_PACKAGE = 'chromium';
const UPDATE = 'apt-get update';
const isLinux = process.platform === 'linux';

export const hasDisplay = () => !isLinux || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/** @returns the names of shared libraries that the program needs and the system does not have */
export function missingLibraries(executable) {
  const listing = isLinux ? (spawnSync('ldd', [executable], { encoding: 'utf8' }).stdout ?? '') : '';
  return [...listing.matchAll(/^\s*(\S+) => not found/gm)].map(([, name]) => name);
}

/** @returns the programs that tests without a display need and the system does not have */
export const missingDisplayPrograms = () =>
  hasDisplay() ? [] : ['xvfb-run', 'Xvfb', 'xauth'].filter((name) => spawnSync('which', [name]).status !== 0);

/** @returns the path of Chromium's program, or undefined */
export const chromiumProgram = () =>
  (isLinux && spawnSync('which', ['chromium'], { encoding: 'utf8' }).stdout?.trim()) || undefined;

/** A sentence for the user. */
export const installHint = (packages) =>
  `On Debian and Ubuntu this installs them, as root: ${UPDATE} && ${installCommand(packages)}`;

export async function install(packages) {
  await runShell(UPDATE);
  await runShell(installCommand(packages));
}

async function runShell(command) {
  const code = await run('sh', ['-c', command], { DEBIAN_FRONTEND: 'noninteractive' });
  if (code !== 0) throw new Error(`"${command}" failed.`);
}

const installCommand = (packages) =>
  `apt-get install -y --no-install-recommends ${packages.map(currentName).join(' ')}`;

/** Debian 13 and Ubuntu 24.04 renamed some libraries when their times became 64 bits wide. */
function currentName(name) {
  const renamed = `${name}t64`;
  return spawnSync('apt-cache', ['show', renamed]).status === 0 ? renamed : name;
}
