// Without trap handlers the engine compiles its kernels for the size of its memory. The results stay the same.
import { expect, it, vi } from 'vitest';
import { PLAIN_SETTINGS } from '../../../../../../src-shared/settings/presets';
import type { Settings } from '../../../../../../src-shared/settings/settings';
import { trainAll } from '../../../../../../src-main/trainer/engine/engine';
import * as kernels from '../../../../../../src-main/trainer/engine/wasm/kernels';
import * as trapHandlers from '../../../../../../src-main/trainer/engine/wasm/trap-handlers';
import { createFastEngine } from '../../../../../../src-main/trainer/engine/wasm/wasm-engine';
import { randomDataset } from '../../../../../fixtures/random-dataset';
import { SIMD_HERE } from '../../../../../fixtures/simd';

const settings: Settings = { ...PLAIN_SETTINGS, hidden: [100, 70], batchSize: 64 };
const order = Uint32Array.from({ length: 256 }, (_, n) => n);

function train(simd: kernels.Simd, threads: number, trapped: boolean) {
  vi.spyOn(trapHandlers, 'hasTrapHandlers').mockReturnValue(trapped);
  const compiled = vi.spyOn(kernels, 'compileForPages').mockClear();
  const dataset = randomDataset({ train: 256, pixels: 100, rows: 10 });
  const engine = createFastEngine({ dataset, settings, threads, simd });
  try {
    const { losses } = trainAll(engine, order, settings);
    return { losses: [...losses], weights: engine.readWeights(), compiledForPages: compiled.mock.calls.length };
  } finally {
    engine.dispose();
  }
}

it.each(SIMD_HERE)('trains to the same bits with the %s kernels', (simd) => {
  const { compiledForPages, ...expected } = train(simd, 1, true);
  expect(compiledForPages).toBe(0);
  for (const threads of [1, 2]) expect(train(simd, threads, false)).toEqual({ ...expected, compiledForPages: 1 });
});
