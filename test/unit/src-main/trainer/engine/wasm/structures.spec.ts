// A field that only one of the two languages knows must stop the engine at its start, with a sentence.
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { StructureField } from 'virtual:kernels';
import { PLAIN_SETTINGS } from '../../../../../../src-shared/settings/presets';
import { randomDataset } from '../../../../../fixtures/random-dataset';

type Fields = readonly StructureField[];

/** Starts an engine with kernels whose plan.ts has other fields. */
async function startWith(structure: 'Plan' | 'Layer' | 'Images' | 'Batch', change: (fields: Fields) => Fields) {
  vi.resetModules();
  vi.doMock('virtual:kernels', async (importOriginal) => {
    const original = await importOriginal<typeof import('virtual:kernels')>();
    const { structures } = original;
    return { ...original, structures: { ...structures, [structure]: change(structures[structure]) } };
  });
  const { createFastEngine } = await import('../../../../../../src-main/trainer/engine/wasm/wasm-engine');
  const settings = { ...PLAIN_SETTINGS, hidden: [12], batchSize: 10 };
  createFastEngine({ dataset: randomDataset({}), settings, threads: 1, simd: 'plain' }).dispose();
}

afterEach(() => vi.doUnmock('virtual:kernels'));

const without = (name: string) => (fields: Fields) => fields.filter(([field]) => field !== name);
const withField = (name: string) => (fields: Fields) => [...fields, [name, 'i32'] as const];

describe('the engine does not start', () => {
  it.each([
    ['Plan', 'momentum'],
    ['Layer', 'slope'],
    ['Images', 'values'],
    ['Batch', 'inputKey'],
  ] as const)('if the kernels have no field %s.%s', async (structure, field) => {
    await expect(startWith(structure, without(field))).rejects.toThrow(
      `The engine writes ${structure}.${field}, but kernels/plan.ts has no such field. ` +
        `Add the field to the class ${structure}, or remove the value.`,
    );
  });

  it.each(['Plan', 'Layer', 'Images', 'Batch'] as const)('if it does not write a field of %s', async (structure) => {
    await expect(startWith(structure, withField('extra'))).rejects.toThrow(
      `The kernels read ${structure}.extra, but the engine does not write it. ` +
        'Add it to the values that the engine writes, or remove the field from kernels/plan.ts.',
    );
  });
});

it('the engine starts with the fields as they are, and with more padding', async () => {
  await startWith('Plan', (fields) => fields);
  await startWith('Batch', withField('padding4'));
});

it('writes each field at its position and with its type, wherever plan.ts has it', async () => {
  vi.resetModules();
  vi.doMock('virtual:kernels', () => ({
    structures: {
      Plan: [],
      Layer: [],
      Images: [],
      Batch: [
        ['padding0', 'i32'],
        ['rate', 'f32'],
        ['key', 'u32'],
      ],
    },
  }));
  const { bytesOf, fieldWords, writeStructure } =
    await import('../../../../../../src-main/trainer/engine/wasm/structures');
  const buffer = new ArrayBuffer(32);
  writeStructure(buffer, 16, 'Batch', { key: 0xfedcba98, rate: 0.5 });
  expect(new Float32Array(buffer)[5]).toBe(0.5);
  expect(new Uint32Array(buffer)[6]).toBe(0xfedcba98);
  expect(fieldWords('Batch', ['key', 'rate'])).toMatchObject({ rate: 1, key: 2 });
  expect(bytesOf('Batch')).toBe(12);
});
