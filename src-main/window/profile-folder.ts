// Checks the folders that Electron needs before it can start. If one cannot be written, Chromium crashes or exits
// silently, so each is tried first. A temporary folder replaces the profile folder if necessary.
import { mkdirSync, mkdtempSync, readlinkSync, rmSync, statfsSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { fileErrorReason } from '../files/file-errors';
import { homeFolder } from '../files/home-folder';

/** The part of Electron’s app that is needed here. */
export interface ProfileApp {
  readonly name: string;
  getPath(name: 'userData'): string;
  setPath(name: 'userData', folder: string): void;
  commandLine: { hasSwitch(name: string): boolean; appendSwitch(name: string): void };
}

type Environment = Record<string, string | undefined>;

/** Shared memory that Chromium needs for the graphics of a page. */
const SHARED_MEMORY_BYTES = 64 * 1024 * 1024;

/** In bytes of its path. Chromium’s lock is a socket in it, whose path may have at most 107 bytes. */
const LONGEST_TEMPORARY_FOLDER = 60;

/**
 * Sets the profile folder. Must be called before the app requests its lock.
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
    // Determined again here: Electron determined it before a script could correct the environment.
    if (app.commandLine.hasSwitch('user-data-dir')) return app.getPath('userData');
    return process.platform === 'linux' ? join(config, app.name) : app.getPath('userData');
  } catch {
    return join(config, app.name); // Electron has no path if it cannot create the folder
  }
}

/** By the XDG base directory specification, programs ignore a path that is not absolute. */
function configFolder(env: Environment, home: string): string {
  const config = env['XDG_CONFIG_HOME'];
  if (config !== undefined && isAbsolute(config)) return config;
  delete env['XDG_CONFIG_HOME']; // other parts of Electron, and its processes, read it too
  return join(home, '.config');
}

/** Creates the folder if necessary. @returns why it cannot be used and what to do; undefined if it can be used */
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

/** Chromium’s lock is a link to “host-process”. Chromium exits silently if the host is another computer. */
function otherComputer(folder: string): string | undefined {
  try {
    const host = readlinkSync(join(folder, 'SingletonLock')).replace(/-\d+$/, '');
    return host === hostname() ? undefined : host;
  } catch {
    return undefined;
  }
}

/**
 * Makes Node and Chromium use another folder for temporary files if that of the environment cannot be used. Not
 * necessary on Windows and macOS. Throws if no folder can be used.
 * @param instead folders to try, in this order
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

/** Chromium crashes if /dev/shm is missing or tiny, as in containers. It then uses files instead. */
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

/** Permissions alone are not enough: the disk may be read-only or full. Throws the system's error. */
function tryToWrite(folder: string): void {
  rmSync(mkdtempSync(join(folder, '.mnist-studio-')), { recursive: true });
}
