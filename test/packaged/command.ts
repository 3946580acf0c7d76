// Runs the installed app as a command, as a machine without a display would: with the fuses closed, and a home folder
// of its own.
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

export interface Machine {
  /** Its own home and folder for temporary files: everything that a command leaves behind is in it. */
  root: string;
  /** The current folder of the commands. */
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Names of what lies in the home folder and among the temporary files. */
  leftBehind: () => Promise<string[]>;
  remove: () => Promise<void>;
}

export async function makeMachine(): Promise<Machine> {
  const root = await mkdtemp(path.join(os.tmpdir(), 'mnist-studio-machine-'));
  const [home, temporary, cwd, cache] = await Promise.all(
    ['home-', 'tmp-', 'cwd-', 'cache-'].map((name) => mkdtemp(path.join(root, name))),
  );
  return {
    root,
    cwd: cwd!,
    // In the cache folder a command remembers which kernels are fastest.
    env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', HOME: home, TMPDIR: temporary, XDG_CACHE_HOME: cache },
    leftBehind: async () => [...(await readdir(home!)), ...(await readdir(temporary!))],
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

/**
 * @param options.interrupt the signal that is sent once `at` is true of all of stdout so far.
 * @returns once all output is read; 128 + its number if a signal ended it
 */
export function run(
  machine: Machine,
  program: string,
  args: string[],
  options: { env?: NodeJS.ProcessEnv; interrupt?: { at: (stdout: string) => boolean; signal: NodeJS.Signals } } = {},
): Promise<Ended> {
  const { interrupt } = options;
  const child = spawn(program, args, {
    cwd: machine.cwd,
    env: { ...machine.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended: Ended = { code: NaN, stdout: '', stderr: '' };
  let sent = false;
  child.stdout.on('data', (chunk: Buffer) => {
    ended.stdout += chunk.toString();
    if (!interrupt || sent || !interrupt.at(ended.stdout)) return;
    sent = child.kill(interrupt.signal);
  });
  child.stderr.on('data', (chunk: Buffer) => (ended.stderr += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ ...ended, code: code ?? 128 + os.constants.signals[signal!] }));
  });
}

export const jsonLines = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
