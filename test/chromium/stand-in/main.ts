// Starts the app's built main process with the stand-in in the place of Electron.
import Module, { createRequire } from 'node:module';
import path from 'node:path';
import { electron, invoke } from './electron';
import { answerPage } from './page';
import { emitPageEvent } from './window';

answerPage({
  invoke: async (channel, args) => invoke(channel, args),
  evaluate: (source, argument) => (0, eval)(`(${source})`)(electron, argument) as unknown,
  pageEvent: emitPageEvent,
});

const loader = Module as unknown as { _load(id: string, ...more: unknown[]): unknown };
const load = loader._load.bind(loader);
loader._load = (id, ...more) => (id === 'electron' ? electron : load(id, ...more));
for (const [name, value] of Object.entries({
  electron: 'none',
  chrome: process.env['MNIST_STUDIO_CHROMIUM_VERSION'],
})) {
  Object.defineProperty(process.versions, name, { value });
}

// As Electron starts a packaged app: its program, then the arguments.
const main = path.resolve(process.argv[2]!);
process.argv.splice(1, 2);
createRequire(__filename)(main);
