// Reads the fuses of a packaged app back from its program and compares them with electron-builder.yml.
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { load } from 'js-yaml';
import { readFile } from 'node:fs/promises';
import { inProject } from './project.mjs';

/** How a fuse stands in the program: the ASCII digits 0 and 1. */
const [OFF, ON] = [48, 49];
/**
 * Index in the fuse wire of Electron 41 and later; @electron/fuses has no name for it before version 2, which needs
 * Node 22.
 */
const WASM_TRAP_HANDLERS = 8;

/**
 * @param app the program, or the .app folder on macOS
 * @returns a sentence for each fuse that is not as it should be
 */
export async function wrongFuses(app) {
  const { electronFuses } = load(await readFile(inProject('electron-builder.yml'), 'utf8'));
  const wire = await getCurrentFuseWire(app);
  const wrong = Object.entries(electronFuses)
    .filter(([name, on]) => wire[FuseV1Options[name[0].toUpperCase() + name.slice(1)]] !== (on ? ON : OFF))
    .map(([name, on]) => `The fuse ${name} is not ${on ? 'on' : 'off'}, as electron-builder.yml wants it.`);
  const trapHandlers = wire[WASM_TRAP_HANDLERS];
  if (trapHandlers !== undefined && trapHandlers !== ON)
    wrong.push('The fuse wasm_trap_handlers is off, which makes training slow.');
  return wrong;
}
