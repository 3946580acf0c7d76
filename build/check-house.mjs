// Part of npm run lint: no file, folder or line is too large, and what lies in ui/ is shared.
import { codeOfProject, importsAmong, lonelyComponents, tooLarge } from './house/check.mjs';
import { main } from './project.mjs';

await main(async () => {
  const files = await codeOfProject();
  const found = [...tooLarge(files), ...lonelyComponents(importsAmong(files))];
  for (const sentence of found) console.log(sentence);
  return found.length === 0 ? 0 : 1;
});
