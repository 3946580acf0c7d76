// npm run check-release: refuses to release what is in dist/ unless all of it was made with the pinned Electron, its
// fuses set. With --tag v1.2.0 the tag has to be the app's version, too.
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { inProject, main } from './project.mjs';
import { reasonsAgainst } from './release-rules.mjs';

await main(async () => {
  const { tag } = parseArgs({ options: { tag: { type: 'string' } } }).values;
  const { version, devDependencies } = JSON.parse(await readFile(inProject('package.json'), 'utf8'));
  const reasons = await reasonsAgainst(inProject('dist'), devDependencies.electron);
  if (tag !== undefined && tag !== `v${version}`)
    reasons.push(`The tag is ${tag}, but package.json says version ${version}: expected v${version}.`);
  if (reasons.length > 0)
    throw new Error(`This must not be released:\n${reasons.map((reason) => `- ${reason}`).join('\n')}`);
  console.log(`dist/ may be released: version ${version}, made with Electron ${devDependencies.electron}.`);
});
