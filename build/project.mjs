// Where the project is, and how its build scripts start other programs.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectRoot = fileURLToPath(new URL('..', import.meta.url));

/** The path of something in the project, whatever the current folder is. */
export const inProject = (...parts) => path.join(projectRoot, ...parts);

/** The same the other way round: "src-main/main.ts", with slashes on every system. */
export const nameInProject = (file) => path.relative(projectRoot, file).replaceAll(path.sep, '/');

/** Electron refuses to run as root with its sandbox. */
export const sandboxFlags = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/**
 * Runs a program in the project's folder, on this terminal.
 * @returns its exit code; 1 where a signal ended it
 */
export function run(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const shell = process.platform === 'win32' && command === 'npm'; // a script there, which only a shell can run
    const options = { cwd: projectRoot, env: { ...process.env, ...env }, stdio: 'inherit', shell };
    const child = spawn(command, args, options);
    // Ctrl+C reaches the child too: it decides what to do, and its exit code is what counts.
    const onInterrupt = () => {};
    const onTerminate = () => child.kill('SIGTERM');
    process.on('SIGINT', onInterrupt).on('SIGTERM', onTerminate);
    child.on('error', reject);
    child.on('close', (code) => {
      process.off('SIGINT', onInterrupt).off('SIGTERM', onTerminate);
      resolve(code ?? 1);
    });
  });
}

/** Runs a program in the project's folder. @returns its exit code, and what it has written to stdout and stderr */
export function runQuietly(command, args) {
  return new Promise((resolve, reject) => {
    const shell = process.platform === 'win32' && command === 'npm';
    const child = spawn(command, args, { cwd: projectRoot, stdio: ['ignore', 'pipe', 'pipe'], shell });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Runs a script with this Node. @returns its exit code */
export const runNode = (script, args, env) => run(process.execPath, [inProject(script), ...args], env);

/**
 * Runs the work of a script, which may return an exit code; what goes wrong is said in a sentence, with exit code 1.
 */
export async function main(work) {
  try {
    const code = await work();
    if (code !== undefined) process.exitCode = code;
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
