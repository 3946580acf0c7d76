// npm test: type check, lint, unit tests, the build, and the real app under Playwright. All of them run, whatever
// fails; the last line says how many tests passed and failed.
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { trainPresets } from '../test/node-versions/presets.mjs';
import { electronRuntime } from './electron-runtime.mjs';
import { ensureBuilt } from './ensure-built.mjs';
import {
  CHROMIUM_PACKAGE,
  chromiumProgram,
  hasDisplay,
  install,
  installHint,
  missingDisplayPrograms,
  missingLibraries,
  TEST_PACKAGES,
} from './linux.mjs';
import { NODE_24, NODE_26, nodeProgram } from './node-versions.mjs';
import { inProject, run, runNode, runQuietly } from './project.mjs';
import { testableApp } from './testable.mjs';
import { add, count, countExit, countPlaywright, countRun, countVitest } from './test-reports.mjs';

const SCREEN = '-screen 0 2560x1440x24';
const VITEST = 'node_modules/vitest/vitest.mjs';
const PLAYWRIGHT = 'node_modules/@playwright/test/cli.js';
const FASHION_PACKAGE = 'dataset-fashion-mnist';
const FASHION_FOLDER = '/usr/share/datasets/fashion-mnist';
const ENGINE_TESTS = 'test/unit/src-main/trainer/engine';
/** The program of the packaged app, once it is made. */
let packaged;
const reports = await mkdtemp(path.join(os.tmpdir(), 'mnist-studio-test-'));

const STAGES = {
  'Type check and lint': sourceChecks,
  'Unit tests': () => unitTests(process.execPath),
  ...engineStages(),
  // Builds the app, which the stages after it then find up to date.
  ...(process.platform === 'linux' && { 'The packaged app': packagedTests }),
  'Each preset under Node 24 and 26': presetTests,
  'Tests of the app': appTests,
  ...(process.platform === 'linux' && { 'The page and the kernels in Chromium': chromiumTests }),
  'Minutes of use and a thousand epochs, with flat memory': soakTest,
};

function majorOf(version) {
  return Number.parseInt(version);
}

/** Side by side, since each of them uses one processor. A test each: types, format, sizes, rules. */
async function sourceChecks() {
  const scripts = ['check', 'lint:code', 'lint:format', 'lint:house'];
  const results = await Promise.all(scripts.map((script) => runQuietly('npm', ['run', '--silent', script])));
  for (const { output } of results) if (output.trim() !== '') console.log(output.trimEnd());
  return results.map(({ code }) => countExit(code)).reduce(add);
}

/** @param program the Node to run them with */
async function unitTests(program, ...filters) {
  await provideFashion();
  const report = path.join(reports, 'vitest.json');
  await rm(report, { force: true }); // that of the Node before
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await run(program, [inProject(VITEST), 'run', ...filters, ...reporters]);
  return countRun(countVitest(await readJson(report)), code);
}

/** Under the versions that are not installed: the installed one has had these tests among all others. */
function engineStages() {
  const versions = [NODE_24, NODE_26].filter((version) => majorOf(version) !== majorOf(process.versions.node));
  return Object.fromEntries(
    versions.map((version) => [
      `The engines under Node ${majorOf(version)}`,
      async () => unitTests(await nodeProgram(version), ENGINE_TESTS),
    ]),
  );
}

async function presetTests() {
  await ensureBuilt();
  const { passed, failed } = await trainPresets([await nodeProgram(NODE_24), await nodeProgram(NODE_26)]);
  return count(passed, failed);
}

/** What is handed out, as it is handed out. */
async function packagedTests() {
  const { executable } = await electronRuntime();
  await provideSystem(executable);
  if ((await runNode('build/package.mjs', [])) !== 0) throw new Error('The app could not be packaged.');
  packaged = await testableApp();
  return playwright('packaged', ['-c', 'playwright.packaged.config.ts']);
}

/**
 * Against the packaged app if there is one, else against the build. One at a time, because each app trains on all
 * processors.
 */
async function appTests() {
  await ensureBuilt();
  const { executable, version } = await electronRuntime();
  console.log(`Electron ${version}${packaged ? ', packaged' : ''}`);
  await provideSystem(executable);
  return playwright('app', [], packaged && { MNIST_STUDIO_PACKAGED: packaged });
}

/** Needs no display. Where there is no Chromium and none may be installed, it is skipped. */
async function chromiumTests() {
  if (!chromiumProgram() && mayInstall())
    await install([CHROMIUM_PACKAGE]).catch((error) => console.log(error.message));
  if (!chromiumProgram()) {
    console.log(
      `Without Chromium (Debian’s package ${CHROMIUM_PACKAGE}) the tests of the page and of the kernels in it ` +
        'are skipped.',
    );
    return count(0, 0, 1);
  }
  const report = path.join(reports, 'playwright-chromium.json');
  const args = [inProject(PLAYWRIGHT), 'test', '-c', 'playwright.chromium.config.ts', '--reporter=list,json'];
  const code = await run(process.execPath, args, { PLAYWRIGHT_JSON_OUTPUT_NAME: report });
  return countRun(countPlaywright(await readJson(report)), code);
}

/** The short form of npm run soak: one test, that the memory stays flat and no error is seen. */
async function soakTest() {
  return countExit(
    await onDisplay([process.execPath, inProject('test/soak/soak.mjs'), '--minutes', '1', '--epochs', '1000']),
  );
}

async function playwright(name, args, more) {
  const { dist } = await electronRuntime();
  const report = path.join(reports, `playwright-${name}.json`);
  const env = { ELECTRON_OVERRIDE_DIST_PATH: dist, PLAYWRIGHT_JSON_OUTPUT_NAME: report, ...more };
  const command = [process.execPath, inProject(PLAYWRIGHT), 'test', ...args, '--reporter=list,json'];
  const code = await onDisplay(command, env);
  return countRun(countPlaywright(await readJson(report)), code);
}

/** @returns the exit code */
function onDisplay(command, env) {
  const [program, ...args] = hasDisplay() ? command : ['xvfb-run', '-a', '-s', SCREEN, ...command];
  return run(program, args, env);
}

/** The real Fashion-MNIST, for the test that recognises it. */
async function provideFashion() {
  if (existsSync(FASHION_FOLDER)) return;
  if (mayInstall()) await install([FASHION_PACKAGE]);
  else
    console.log(
      `Without Debian's package ${FASHION_PACKAGE} one test is skipped: the one that recognises the real ` +
        'Fashion-MNIST.',
    );
}

/** Installs what the system lacks, on a CI machine where it may; else refuses with a sentence. */
async function provideSystem(executable) {
  const missing = [...missingLibraries(executable), ...missingDisplayPrograms()];
  if (missing.length === 0) return;
  const sentence = `The tests of the app need what this system lacks: ${missing.join(', ')}.`;
  if (!mayInstall()) throw new Error(`${sentence} ${installHint(TEST_PACKAGES)}`);
  console.log(sentence);
  await install(TEST_PACKAGES);
}

const mayInstall = () => Boolean(process.env.CI) && process.platform === 'linux' && process.getuid?.() === 0;

async function readJson(file) {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Error('The test runner ended without a report.');
  });
  return JSON.parse(text);
}

let total = count(0, 0);
for (const [title, stage] of Object.entries(STAGES)) {
  console.log(`\n── ${title} ──`);
  const result = await stage().catch((error) => {
    console.log(error.message);
    return count(0, 1);
  });
  total = add(total, result);
}
await rm(reports, { recursive: true });
const { passed, failed, skipped } = total;
if (skipped > 0) console.log(`\n${skipped} skipped, each with its reason in its name`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
