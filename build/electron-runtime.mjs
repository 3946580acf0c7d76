// Finds the Electron to run, test and package with: the one that ELECTRON_OVERRIDE_DIST_PATH names, else the official
// one, else on linux-x64 a substitute from the npm registry.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { inProject } from './project.mjs';

const DOWNLOAD_TIMEOUT_MS = 10 * 60_000;
const EXECUTABLE =
  { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform] ?? 'electron';

/**
 * @returns {Promise<{dist: string, executable: string, version: string, official: boolean}>} folder, program, version
 */
export async function electronRuntime() {
  const { version } = JSON.parse(await readFile(inProject('node_modules/electron/package.json'), 'utf8'));
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  return describe(override ? path.resolve(override) : await installedDist(version), version);
}

async function installedDist(version) {
  const dist = inProject('node_modules/electron/dist');
  const failure = await installOfficial(version);
  if (failure === undefined) return dist;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `Electron ${version} could not be downloaded (${failure}). Check the network or proxy and try again, or unpack ` +
        'Electron into a folder yourself and name that folder in ELECTRON_OVERRIDE_DIST_PATH.',
    );
  }
  // Loaded here, because hardly anyone needs it.
  const { substituteDist, SUBSTITUTE_VERSION } = await import('./electron-substitute.mjs');
  console.error(
    `Electron ${version} could not be downloaded; using Electron ${SUBSTITUTE_VERSION} from the npm registry instead.`,
  );
  return substituteDist().catch((error) => {
    throw new Error(
      `Electron ${SUBSTITUTE_VERSION} could not be fetched with npm (${reasonOf(error)}). ` +
        'Check the network and the registry that npm is set to, and try again.',
    );
  });
}

/** Downloads the official binary unless it is there. @returns undefined, or the reason why that failed */
async function installOfficial(version) {
  const hint = setTimeout(() => console.error(`Downloading Electron ${version}…`), 5000);
  try {
    const script = inProject('node_modules/electron/install.js');
    await promisify(execFile)(process.execPath, [script], { timeout: DOWNLOAD_TIMEOUT_MS });
    return undefined;
  } catch (error) {
    return reasonOf(error);
  } finally {
    clearTimeout(hint);
  }
}

/** The first line that a failed program wrote, without what follows it: its stack. */
const reasonOf = (error) => error.stderr?.trim().split('\n')[0] || error.message;

async function describe(dist, officialVersion) {
  const executable = path.join(dist, EXECUTABLE);
  if (!existsSync(executable)) throw new Error(`${dist} holds no Electron: ${EXECUTABLE} was expected in it.`);
  const version = (await readFile(path.join(dist, 'version'), 'utf8')).trim().replace(/^v/, '');
  return { dist, executable, version, official: version === officialVersion };
}
