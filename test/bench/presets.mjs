// npm run bench:presets: what each preset reaches, by the command line, as a mean over random seeds. Names of presets
// choose some; --seeds 1,2,3 others; --data FOLDER another dataset. Prints a line as soon as a preset is done.
import { execFile } from 'node:child_process';
import { parseArgs, promisify } from 'node:util';
import { ensureBuilt } from '../../build/ensure-built.mjs';
import { inProject, main } from '../../build/project.mjs';

const ROWS = {
  seed: ['--preset', 'seed'],
  'seed-mended': ['--preset', 'seed-mended'],
  recommended: ['--preset', 'recommended'],
  fast: ['--preset', 'fast'],
  'simard-2003, not distorted, label smoothing 0.1': [
    '--preset',
    'simard-2003',
    '--elastic-strength',
    '0',
    '--label-smoothing',
    '0.1',
  ],
  'simard-2003': ['--preset', 'simard-2003'],
  dropout: ['--preset', 'dropout'],
  record: ['--preset', 'record'],
};

async function train(data, seed, options) {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [inProject('out/main/cli.cjs'), '--data', data, '--seed', seed, '--json', ...options],
    {
      maxBuffer: 2 ** 26,
    },
  );
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { seeds: { type: 'string', default: '1,2,3' }, data: { type: 'string', default: 'builtin' } },
  });
  await ensureBuilt();
  const percent = (share) => (100 * share).toFixed(2);
  for (const [name, options] of Object.entries(ROWS)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    const results = [];
    for (const seed of values.seeds.split(',')) results.push(await train(values.data, seed, options));
    const mean = (of) => results.reduce((sum, result) => sum + of(result), 0) / results.length;
    const accuracies = results.map(({ testAccuracy }) => testAccuracy);
    console.log(
      `${name.padEnd(48)}${percent(mean(({ testAccuracy }) => testAccuracy))}% ` +
        `[${percent(Math.min(...accuracies))}–${percent(Math.max(...accuracies))}]` +
        `  training loss ${mean(({ trainLoss }) => trainLoss).toFixed(4)}  ${results[0].epochs} epochs  ` +
        `${mean(({ seconds }) => seconds).toFixed(1)} s`,
    );
  }
});
