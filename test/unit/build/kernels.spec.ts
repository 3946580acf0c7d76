import { describe, expect, it } from 'vitest';
import { structuresOf } from '../../../build/kernels.mjs';

const classOf = (body: string) => `// A header.\n@unmanaged\nexport class Plan {\n${body}\n}\n\nexport const X = 1;\n`;

describe('the structures of plan.ts', () => {
  it.each(['  rows: i64;', '  rows: i32', '  rows: i32 = 1;', '  rows = 1;', '  size(): i32 { return 1; }'])(
    'are refused with the line that is no field of four bytes: %s',
    (line) => {
      expect(() => structuresOf(classOf(`  task: i32;\n${line}`))).toThrow(
        `plan.ts, class Plan: "${line.trim()}" was expected to be a field of four bytes, ` +
          'like "rows: i32;" (i32, u32, f32 or usize).',
      );
    },
  );

  it('are the fields of each class in order, without comments', () => {
    const body = [
      '  /** f32 [rows] */',
      '  input: usize;',
      '  // Another.',
      '  rate: f32; // of learning',
      '  /**',
      '   * count: i32;',
      '   */',
      '  key: u32;',
    ].join('\n');
    expect(structuresOf(classOf(body))).toEqual({
      Plan: [
        ['input', 'usize'],
        ['rate', 'f32'],
        ['key', 'u32'],
      ],
    });
    expect(structuresOf(classOf(body).replaceAll('\n', '\r\n'))).toEqual(structuresOf(classOf(body)));
  });
});
