// The packaged app with one door open again, that through which Playwright drives its main process: the same program,
// the same archive of the app, and all other fuses as they are handed out.
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { cp, rm } from 'node:fs/promises';
import path from 'node:path';
import { inProject } from './project.mjs';

/** @returns its program; npm run package has made the app before */
export async function testableApp() {
  const folder = inProject('dist/testable');
  await rm(folder, { recursive: true, force: true });
  await cp(inProject('dist/linux-unpacked'), folder, { recursive: true, verbatimSymlinks: true });
  const executable = path.join(folder, 'mnist-studio');
  await flipFuses(executable, { version: FuseVersion.V1, [FuseV1Options.EnableNodeCliInspectArguments]: true });
  return executable;
}
