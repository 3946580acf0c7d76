// Writes the structures that the kernels read. Their only definition is kernels/plan.ts, which build/kernels.mjs hands
// over: so fields, order and types cannot differ between the two languages.
import { structures } from 'virtual:kernels';

const FIELD_BYTES = 4;

export type Structure = keyof typeof structures;

/** The fields that must be written: all but the padding. */
const FIELDS = new Map(
  Object.entries(structures).map(([structure, fields]) => [
    structure,
    new Set(fields.map(([name]) => name).filter((name) => !name.startsWith('padding'))),
  ]),
);

export function bytesOf(structure: Structure): number {
  return FIELD_BYTES * structures[structure].length;
}

/** Throws if these names are not exactly the structure's fields. */
export function writeStructure(
  buffer: ArrayBufferLike,
  at: number,
  structure: Structure,
  values: Record<string, number>,
): void {
  checkFields(structure, Object.keys(values));
  const view = new DataView(buffer, at, bytesOf(structure));
  structures[structure].forEach(([name, type], k) => {
    if (type === 'f32') view.setFloat32(FIELD_BYTES * k, values[name]!, true);
    else view.setUint32(FIELD_BYTES * k, values[name]!, true);
  });
}

/** The position of each field, in words of four bytes. Throws if these names are not exactly the structure's fields. */
export function fieldWords<Name extends string>(structure: Structure, names: readonly Name[]): Record<Name, number> {
  checkFields(structure, names);
  const words = structures[structure].map(([name], k) => [name, k] as const);
  return Object.fromEntries(words) as Record<Name, number>;
}

function checkFields(structure: Structure, names: readonly string[]): void {
  const fields = FIELDS.get(structure)!;
  const written = new Set(names);
  for (const name of fields)
    if (!written.has(name))
      throw new Error(
        `The kernels read ${structure}.${name}, but the engine does not write it. Add it to the values that the ` +
          'engine writes, or remove the field from kernels/plan.ts.',
      );
  for (const name of names)
    if (!fields.has(name))
      throw new Error(
        `The engine writes ${structure}.${name}, but kernels/plan.ts has no such field. Add the field to the class ` +
          `${structure}, or remove the value.`,
      );
}
