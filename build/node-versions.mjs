// The versions of Node, and so of V8, that the tests run under beside the one that is installed. From the npm registry.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { projectRoot } from './project.mjs';

/** V8 13.6: makes 256-bit vectors of the kernels. */
export const NODE_24 = '24.21.0';
/** V8 14.6: the nearest to that of Electron 45 that can be had as Node. */
export const NODE_26 = '26.10.0';

const found = new Map();

/** @returns {Promise<string>} the program, found once, because npm exec takes a second each time */
export function nodeProgram(version) {
  if (!found.has(version)) found.set(version, process.versions.node === version ? process.execPath : find(version));
  return Promise.resolve(found.get(version));
}

async function find(version) {
  const args = ['exec', '--yes', `--package=node@${version}`, '--', 'node', '-p', 'process.execPath'];
  try {
    const { stdout } = await promisify(execFile)('npm', args, {
      cwd: projectRoot,
      shell: process.platform === 'win32',
    });
    return stdout.trim();
  } catch (error) {
    const reason = error.stderr?.trim().split('\n')[0] || error.message;
    throw new Error(
      `Node ${version} could not be fetched with npm (${reason}). Check the network and the registry that npm ` +
        'is set to, and try again.',
      { cause: error },
    );
  }
}
