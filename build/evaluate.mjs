// npm run evaluate: reads the test images with a network from a file, built first where that is needed. Its arguments
// are those of this script.
import { ensureBuilt } from './ensure-built.mjs';
import { main } from './project.mjs';

await main(async () => {
  await ensureBuilt();
  await import('../out/main/evaluate.cjs');
});
