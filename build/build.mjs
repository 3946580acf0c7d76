// npm run build: the app, its trainer, the command line and the built-in dataset, into out/.
import { build } from './ensure-built.mjs';
import { main } from './project.mjs';

await main(build);
