// Before the first test: builds the app, the stand-in for Electron and the programs that train with the kernels, and
// finds Chromium and the versions of Node.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { ensureBuilt } from '../../build/ensure-built.mjs';
import { kernels } from '../../build/kernels.mjs';
import { chromiumProgram } from '../../build/linux.mjs';
import { NODE_24, NODE_26, nodeProgram } from '../../build/node-versions.mjs';
import { inProject } from '../../build/project.mjs';

/** The first with Uint8Array.fromBase64, which the tests use. */
const LEAST_CHROMIUM = 140;
const OUT = inProject('out/chromium-tests');

// eslint-disable-next-line no-restricted-syntax -- Playwright wants a default export
export default async function setup() {
  const chromium = chromiumProgram();
  if (!chromium)
    throw new Error(
      'These tests need Chromium: chromium was expected on the PATH. On Debian, as root: apt-get install chromium',
    );
  const version = await versionOf(chromium);
  if (Number.parseInt(version) < LEAST_CHROMIUM)
    throw new Error(`These tests need Chromium ${LEAST_CHROMIUM} or later, but ${chromium} is version ${version}.`);
  await ensureBuilt();
  await buildForNode('stand-in', ['stand-in/main.ts', 'stand-in/utility-host.ts']);
  await buildForNode('node', ['kernels/in-node.ts']);
  await buildForPage('kernels/in-worker.ts');
  Object.assign(process.env, {
    MNIST_STUDIO_CHROMIUM: chromium,
    MNIST_STUDIO_CHROMIUM_VERSION: version,
    MNIST_STUDIO_STAND_IN: path.join(OUT, 'stand-in'),
    MNIST_STUDIO_KERNELS: OUT,
    MNIST_STUDIO_NODE: await newestNode(),
    MNIST_STUDIO_NODE_24: await nodeProgram(NODE_24),
  });
}

/** Whose V8 is the nearest to that of Electron 45. */
async function newestNode() {
  return nodeProgram(NODE_26).catch((error) => {
    console.log(`The app’s main process and trainer run under Node ${process.versions.node}: ${error.message}`);
    return process.execPath;
  });
}

/** "156.0.8078.108" */
async function versionOf(chromium) {
  const { stdout } = await promisify(execFile)(chromium, ['--version']);
  return /\d[\d.]+/.exec(stdout)[0];
}

const common = { configFile: false, root: inProject('.'), logLevel: 'warn', plugins: [kernels()] };

function buildForNode(name, inputs) {
  return build({
    ...common,
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node20',
      outDir: path.join(OUT, name),
      rollupOptions: {
        input: inputs.map(inTests),
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' },
      },
    },
  });
}

function buildForPage(input) {
  return build({
    ...common,
    logLevel: 'error', // it warns of what Node's empty modules do not export
    plugins: [kernels(), withoutNode()],
    build: {
      target: 'chrome130',
      minify: false,
      outDir: path.join(OUT, 'page'),
      copyPublicDir: false,
      rollupOptions: { input: inTests(input), output: { entryFileNames: '[name].js' }, shimMissingExports: true },
    },
  });
}

/** With one thread the engine asks Node only for the number of processors: its other modules are empty in the page. */
function withoutNode() {
  const modules = { 'node:os': 'export const availableParallelism = () => navigator.hardwareConcurrency;' };
  return {
    name: 'without-node',
    enforce: 'pre',
    resolveId: (id) => (id.startsWith('node:') ? `\0${id}` : undefined),
    load: (id) => (id.startsWith('\0node:') ? (modules[id.slice(1)] ?? 'export {};') : undefined),
  };
}

const inTests = (file) => inProject('test/chromium', file);
