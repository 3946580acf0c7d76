// npm run package: an app folder to be started without installing, in dist/.
import { electronRuntime } from './electron-runtime.mjs';
import { build } from './ensure-built.mjs';
import { main, runNode } from './project.mjs';

await main(async () => {
  await build();
  const { dist, version } = await electronRuntime();
  const options = [`-c.electronDist=${dist}`, `-c.electronVersion=${version}`];
  return runNode('node_modules/electron-builder/cli.js', ['--dir', '--publish=never', ...options]);
});
