// What each constant of thread-choice.ts is good for: simulates runs on a made clock with the constant as it is, and
// with a smaller and a larger value. Prints the scenarios whose time changes by more than 1 %. Takes some seconds.
import { readFile } from 'node:fs/promises';
import ts from 'typescript';
import { inProject, main } from '../../build/project.mjs';

const IMAGES = 60_000;
const SEEDS = [1, 2, 3, 4, 5, 6, 7];
/** Milliseconds of an epoch with two threads and with one, give or take 10 %. */
const times = (two, one) => (threads, _time, random) => (threads === 2 ? two : one) * (0.9 + 0.2 * random());
const quiet = times(180, 320);
const busy = times(450, 320);
const drawn = () => {
  let chunk = 0;
  return (...args) => quiet(...args) * (chunk++ % 7 === 0 ? 3 : 1);
};
const SCENARIOS = {
  'quiet, 1 epoch': { epoch: quiet },
  'quiet, 50 epochs': { epoch: quiet, epochs: 50 },
  'quiet, batches of 4096': { epoch: times(3000, 6000), batchSize: 4096, epochs: 5 },
  'busy core, 1 epoch': { epoch: busy },
  'busy core, 50 epochs': { epoch: busy, epochs: 50 },
  'busy core, batches of 4096': { epoch: times(9000, 6000), batchSize: 4096 },
  'two threads hardly faster': { epoch: times(200, 215), epochs: 50 },
  'busy core for 5 s, then quiet': { epoch: (...args) => (args[1] < 5000 ? busy : quiet)(...args), epochs: 50 },
  'quiet for 5 s, then busy core': { epoch: (...args) => (args[1] < 5000 ? quiet : busy)(...args), epochs: 50 },
  'page drawn, each 7th chunk takes three times as long': { epoch: drawn(), epochs: 50 },
};
/** For constants that are factors near 1; others are divided and multiplied by 4. */
const OTHER_VALUES = { GAIN: [0.8, 0.99], HOPELESS: [1.05, 100], SLOWDOWN: [1.02, 100] };

const source = await readFile(inProject('src-main/trainer/engine/wasm/thread-choice.ts'), 'utf8');

async function choiceWith(name, value) {
  const changed = source.replace(new RegExp(`^const ${name} = .*;$`, 'm'), `const ${name} = ${value};`);
  const { outputText } = ts.transpileModule(changed, { compilerOptions: { module: 'ESNext', target: 'ES2022' } });
  return (await import(`data:text/javascript,${encodeURIComponent(outputText)}`)).ThreadChoice;
}

/** Cuts chunks as the engine does. V8 takes four times as long in the first 5 ms. @returns milliseconds */
function run(ThreadChoice, { epoch, epochs = 1, batchSize = 64 }, seed) {
  let time = 0;
  let state = seed;
  const random = () => (state = (state * 1103515245 + 12345) % 2 ** 31) / 2 ** 31;
  const choice = new ThreadChoice(2, 2, () => time);
  for (let image = 0; image < epochs * IMAGES;) {
    const left = IMAGES - (image % IMAGES);
    const images = Math.min(left, Math.max(batchSize, choice.needsShortChunk ? 1024 : 4096));
    const warm = (images / IMAGES) * epoch(choice.threads, time, random);
    const taken = warm + 3 * Math.max(0, Math.min(warm, 5 - time));
    time += taken;
    image += images;
    choice.record(images, taken);
  }
  return time;
}

function medians(ThreadChoice) {
  return Object.entries(SCENARIOS).map(([name, scenario]) => {
    const all = SEEDS.map((seed) => run(ThreadChoice, scenario, seed)).sort((a, b) => a - b);
    return { name, milliseconds: all[SEEDS.length >> 1] };
  });
}

void main(async () => {
  const constants = [...source.matchAll(/^const ([A-Z_]+) = ([\d.]+);/gm)].map(([, name, value]) => [name, +value]);
  const usual = medians(await choiceWith(...constants[0]));
  for (const { name, milliseconds } of usual) console.log(`${name}: ${milliseconds.toFixed(0)} ms`);
  for (const [constant, value] of constants)
    for (const other of OTHER_VALUES[constant] ?? [value / 4, value * 4]) {
      const differences = medians(await choiceWith(constant, other))
        .map(({ name, milliseconds }, k) => ({ name, percent: 100 * (milliseconds / usual[k].milliseconds - 1) }))
        .filter(({ percent }) => Math.abs(percent) > 1)
        .map(({ name, percent }) => `${name} ${percent > 0 ? '+' : ''}${percent.toFixed(1)} %`);
      console.log(`${constant} ${value} → ${other}: ${differences.join(', ') || 'no difference'}`);
    }
});
