// How much memory the processes of the app have, and whether that grows.
/** Share of the samples that are a warm-up: caches fill, code is compiled. */
const WARM_UP = 0.4;

/** After all garbage that can be asked for is gone. @returns MB by the name of the process */
export async function takeMemory(app, page) {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.detach();
  return app.evaluate(({ app: electron }) => {
    globalThis.gc?.();
    const all = {};
    for (const { type, name, memory } of electron.getAppMetrics()) {
      const process = name ?? type;
      all[process] = (all[process] ?? 0) + memory.workingSetSize / 1000;
    }
    return all;
  });
}

const sum = (sample) => Object.values(sample).reduce((all, size) => all + size, 0);

/** Share; a process that shrinks and grows by less than a few megabytes is flat all the same. */
const MOST_GROWTH = 0.05;
const LEAST_MB = 5;

/**
 * Names of the processes that have grown: by the least size in each half after the warm-up. What lies above it is
 * garbage that the trainer has not collected yet: its size goes up and down by a tenth.
 */
export function grownProcesses(samples) {
  return processesOf(samples).filter((process) => {
    const { before, after } = halves(samples, (sample) => sample[process] ?? 0);
    return after - before > Math.max(LEAST_MB, MOST_GROWTH * before);
  });
}

const processesOf = (samples) => Object.keys(samples.at(-1));

function halves(samples, sizeOf) {
  const sizes = samples.slice(Math.floor(WARM_UP * samples.length)).map(sizeOf);
  const middle = Math.floor(sizes.length / 2);
  return { before: Math.min(...sizes.slice(0, middle)), after: Math.min(...sizes.slice(middle)) };
}

export function table(samples) {
  const row = (name, sizeOf) => {
    const { before, after } = halves(samples, sizeOf);
    const growth = after / before - 1;
    const peak = Math.max(...samples.map(sizeOf));
    return [
      name.padEnd(24),
      ...[before, after, peak].map((size) => size.toFixed(0).padStart(12)),
      `${(100 * growth).toFixed(1)}%`.padStart(10),
    ].join('');
  };
  const head = [
    'MB'.padEnd(24),
    ...['after warm-up', 'at the end', 'peak'].map((name) => name.padStart(12)),
    'change'.padStart(10),
  ].join('');
  const rows = processesOf(samples).map((process) => row(process, (sample) => sample[process] ?? 0));
  return [head, ...rows, row('all', sum)].join('\n');
}
