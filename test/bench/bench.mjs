// npm run bench: seconds an epoch of MNIST takes here, in this app's engines and elsewhere, all in turn in one run,
// since machines drift. --quick takes under a minute; --only 512 runs the jobs with this in their name; --json prints
// one JSON object; --soak trains 200 epochs and watches the memory; --late compares epochs from the 101st on with those
// from the 2nd on.
import os from 'node:os';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { ensureBuilt } from '../../build/ensure-built.mjs';
import { kernels } from '../../build/kernels.mjs';
import { inProject, main, run } from '../../build/project.mjs';
import { CONTENDERS, ELASTIC, startContender } from './contenders.mjs';
import { lateEpochs } from './late-epochs.mjs';
import { median } from './median.mjs';
import { timeTo98 } from './to98.mjs';

const JOBS = [
  { name: '784-256-10, batch 64', hidden: [256], batchSize: 64, dense: false, quick: true },
  { name: '784-800-10, batch 128', hidden: [800], batchSize: 128, dense: false },
  { name: '784-512-512-10, batch 128', hidden: [512, 512], batchSize: 128, dense: false },
  {
    name: '784-800-10, batch 64, distorted',
    hidden: [800],
    batchSize: 64,
    dense: false,
    quick: true,
    contenders: ELASTIC,
  },
  { name: '784-256-10, batch 64, no pixel zero', hidden: [256], batchSize: 64, dense: true },
];
const ROUNDS = 5;
const QUICK_ROUNDS = 3;
const SLOW_ROUNDS = 1;

/** TensorFlow.js is 300 MB, and so no package of the project: it comes when it is measured. */
async function provideTensorFlow() {
  const packages = ['tfjs', 'tfjs-backend-wasm'].map((name) => `@tensorflow/${name}@4.22.0`);
  await run('npm', ['install', '--silent', '--no-save', '--prefix', inProject('out/bench'), ...packages], {});
}

async function bundleContender() {
  await build({
    root: inProject('.'),
    configFile: false,
    logLevel: 'error',
    plugins: [kernels()],
    ssr: { noExternal: true },
    build: {
      ssr: 'test/bench/contender.ts',
      outDir: 'out/bench',
      rollupOptions: { output: { entryFileNames: '[name].mjs' } },
    },
  });
}

/**
 * One epoch to warm up, then so many rounds, in which every contender has its turn: two epochs, of which the second
 * counts.
 */
async function runJob(job, { quick }) {
  const { contenders = CONTENDERS, ...settings } = job;
  const chosen = contenders.filter((contender) => !quick || contender.quick || contenders !== CONTENDERS);
  const seconds = new Map(chosen.map(({ name }) => [name, []]));
  const running = [];
  for (const contender of chosen) {
    const started = await startContender(contender, settings);
    if (!started) continue;
    running.push({ ...contender, ...started });
    if (!contender.slow) await started.epoch();
  }
  for (let round = 0; round < (quick ? QUICK_ROUNDS : ROUNDS); round++) {
    for (const { name, slow, epoch } of running) {
      if (slow && round >= SLOW_ROUNDS) continue;
      if (!slow) await epoch(); // the processor was idle or another's: caches and clock settle
      seconds.get(name).push((await epoch()).seconds);
    }
  }
  running.forEach(({ end }) => end());
  return { job: job.name, results: chosen.map((contender) => resultOf(contender, seconds, chosen)) };
}

function resultOf({ name }, seconds, contenders) {
  const times = seconds.get(name);
  const baseline = median(seconds.get(contenders.find(({ baseline }) => baseline).name));
  return { name, seconds: times, median: median(times), timesBaseline: baseline / median(times) };
}

async function soak() {
  const running = await startContender(CONTENDERS[0], JOBS[0]);
  const memory = [];
  for (let epoch = 1; epoch <= 200; epoch++) memory.push((await running.epoch()).memory);
  running.end();
  const megabytes = (bytes) => Math.round(bytes / 2 ** 20);
  return {
    after10: megabytes(memory[9]),
    after100: megabytes(memory[99]),
    after200: megabytes(memory[199]),
    most: megabytes(Math.max(...memory)),
  };
}

function printJob({ job, results }) {
  console.log(`\n${job}`);
  console.log(`${'seconds an epoch'.padEnd(36)}median      min      max   × the seed`);
  for (const { name, seconds, median: middle, timesBaseline } of results) {
    const columns =
      middle === undefined
        ? ['not here']
        : [middle, Math.min(...seconds), Math.max(...seconds)].map((value) => value.toFixed(3));
    const ratio = middle === undefined || Number.isNaN(timesBaseline) ? '' : timesBaseline.toFixed(1);
    console.log(`${name.padEnd(34)}${columns.map((text) => text.padStart(9)).join('')}${ratio.padStart(10)}`);
  }
}

function printTo98(results) {
  console.log('\nTo 98% of the test images with the recipe of the preset Fast, evaluation included');
  for (const { name, seconds, median: middle, missed } of results) {
    const range =
      seconds.length > 0
        ? `${middle.toFixed(2)} s [${Math.min(...seconds).toFixed(2)}–${Math.max(...seconds).toFixed(2)}]`
        : 'never';
    console.log(
      name.padEnd(34) + range + (missed > 0 ? `, ${missed} of ${missed + seconds.length} seeds did not reach it` : ''),
    );
  }
}

await main(async () => {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean' },
      quick: { type: 'boolean' },
      only: { type: 'string', default: '' },
      soak: { type: 'boolean' },
      late: { type: 'boolean' },
    },
  });
  await ensureBuilt();
  await bundleContender();
  if (!values.quick && !values.soak && !values.late) await provideTensorFlow();
  const machine = {
    processor: os.cpus()[0]?.model.trim(),
    processors: os.availableParallelism(),
    node: process.version,
    load: os.loadavg()[0],
  };
  const report = { machine, jobs: [] };
  const say = (...text) => values.json || console.log(...text);
  say(`${machine.processor}, ${machine.processors} processors, Node ${machine.node}, load ${machine.load.toFixed(1)}`);
  if (values.soak) {
    report.soak = await soak();
    say('Memory of 200 epochs, MB:', report.soak);
  } else if (values.late) {
    report.late = await lateEpochs();
    for (const { name, early, late, ratio } of report.late)
      say(`${name.padEnd(34)}${early.toFixed(3)} s, then ${late.toFixed(3)} s: × ${ratio.toFixed(2)}`);
  } else {
    for (const job of JOBS.filter(({ quick, name }) => (quick || !values.quick) && name.includes(values.only))) {
      report.jobs.push(await runJob(job, values));
      if (!values.json) printJob(report.jobs.at(-1));
    }
    report.to98 = await timeTo98();
    if (!values.json) printTo98(report.to98);
  }
  if (values.json) console.log(JSON.stringify(report));
});
