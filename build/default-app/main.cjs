// The default app of the substitute runtime: opens the app folder named by the first argument that is no flag, as the
// default app of the official Electron does. CommonJS, so that the app's own main script loads in the same turn.
/* eslint-disable @typescript-eslint/no-require-imports */
const path = require('node:path');
const { app } = require('electron');

const folder = path.resolve(process.argv.slice(1).find((argument) => !argument.startsWith('-')) ?? '.');
const manifest = require(path.join(folder, 'package.json'));

process.defaultApp = true;
app.setAppPath(folder);
app.setName(manifest.productName ?? manifest.name);
app.setVersion(manifest.version);
require(path.join(folder, manifest.main));
