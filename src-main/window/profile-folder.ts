// The folders that Electron needs before it can start. Where one cannot be written, Chromium ends with a trap or
// without a word, so they are tried first, and a temporary folder takes the place of the one that the app keeps its
// settings and runs in.
import { mkdirSync, mkdtempSync, readlinkSync, rmSync, statfsSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { fileErrorReason } from '../files/file-errors';
import { homeFolder } from '../files/home-folder';

/** What this needs of Electron’s app. */
export interface ProfileApp {
  readonly name: string;
  getPath(name: 'userData'): string;
  setPath(name: 'userData', folder: string): void;
  commandLine: { hasSwitch(name: string): boolean; appendSwitch(name: string): void };
}

type Environment = Record<string, string | undefined>;

/** Of shared memory: what Chromium needs for a few pages’ worth of graphics. */
const SHARED_MEMORY_BYTES = 64 * 1024 * 1024;

/** In bytes: Chromium’s lock is a socket in it, and the path of a socket has at most 107. */
const LONGEST_TEMPORARY_FOLDER = 60;

/**
 * Must be called before the app asks for its lock.
 * @returns a sentence for the person if a temporary folder is used; throws if there is none
 */
export function chooseProfile(
  app: ProfileApp,
  env: Environment = process.env,
  home = homeFolder(),
): string | undefined {
  const folder = wantedProfile(app, env, home);
  const reason = whyUnusable(folder);
  const used = reason === undefined ? folder : mkdtempSync(join(tmpdir(), 'mnist-studio-profile-'));
  app.setPath('userData', used);
  return (
    reason &&
    `The app keeps its settings and runs in “${folder}”, but ${reason}. This session uses “${used}” instead, ` +
      'and the next start will not look there.'
  );
}

function wantedProfile(app: ProfileApp, env: Environment, home: string): string {
  const config = configFolder(env, home);
  try {
    // Anew, since Electron knows the place before any script can correct the environment.
    if (app.commandLine.hasSwitch('user-data-dir')) return app.getPath('userData');
    return process.platform === 'linux' ? join(config, app.name) : app.getPath('userData');
  } catch {
    return join(config, app.name); // Electron has no path if it cannot create the folder
  }
}

/** The XDG base directory specification has programs ignore a path that is not absolute. */
function configFolder(env: Environment, home: string): string {
  const config = env['XDG_CONFIG_HOME'];
  if (config !== undefined && isAbsolute(config)) return config;
  delete env['XDG_CONFIG_HOME']; // other parts of Electron, and its processes, read it too
  return join(home, '.config');
}

/** Half a sentence, and what to do; undefined if the folder can be used. Creates it if it is not there. */
function whyUnusable(folder: string): string | undefined {
  const owner = otherComputer(folder);
  if (owner !== undefined) {
    return (
      `“${owner}”, another computer, has it open. If that is not so any more, please delete ` +
      `“${join(folder, 'SingletonLock')}”`
    );
  }
  try {
    mkdirSync(folder, { recursive: true });
    tryToWrite(folder);
    return undefined;
  } catch (error) {
    return (
      `it cannot be written: ${fileErrorReason(error)}. Please correct that, or start the app with ` +
      '--user-data-dir and another folder'
    );
  }
}

/**
 * Chromium’s lock is a link to “host-process”; it silently gives way to the lock of another host, which it cannot ask.
 */
function otherComputer(folder: string): string | undefined {
  try {
    const host = readlinkSync(join(folder, 'SingletonLock')).replace(/-\d+$/, '');
    return host === hostname() ? undefined : host;
  } catch {
    return undefined;
  }
}

/**
 * Leads Node and Chromium to another folder for temporary files if that of the environment cannot be used. On Windows
 * and macOS the system sees to it. Throws if there is none.
 * @param instead folders to try if it is so, in this order
 */
export function repairTemporaryFolder(
  env: Environment = process.env,
  instead: readonly string[] = ['/tmp', '/var/tmp', '/dev/shm'],
): void {
  if (process.platform !== 'linux') return;
  const given = env['TMPDIR'] ?? '/tmp';
  const folder = [given, ...instead].find(
    (one) => isAbsolute(one) && Buffer.byteLength(one) <= LONGEST_TEMPORARY_FOLDER && canWrite(one),
  );
  if (folder === undefined) {
    throw new Error(
      `The folder for temporary files “${given}” cannot be used. Please set TMPDIR to a folder with a short ` +
        'path that can be written, and start the app again.',
    );
  }
  if (folder !== given) env['TMPDIR'] = folder;
}

/**
 * Chromium ends if its pages cannot share memory, as in containers where /dev/shm is missing or tiny. Files do instead.
 */
export function repairSharedMemory({ commandLine }: Pick<ProfileApp, 'commandLine'>, folder = '/dev/shm'): void {
  if (process.platform === 'linux' && !(canWrite(folder) && hasRoom(folder)))
    commandLine.appendSwitch('disable-dev-shm-usage');
}

function hasRoom(folder: string): boolean {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize >= SHARED_MEMORY_BYTES;
}

function canWrite(folder: string): boolean {
  try {
    tryToWrite(folder);
    return true;
  } catch {
    return false;
  }
}

/** Permissions do not tell enough: a disk may be read-only, or have no room for another name. */
function tryToWrite(folder: string): void {
  rmSync(mkdtempSync(join(folder, '.mnist-studio-')), { recursive: true });
}
