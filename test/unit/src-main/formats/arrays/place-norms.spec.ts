// Batch normalizations in files of named arrays.
import { describe, expect, it } from 'vitest';
import { arrayOf, readArrays } from '../../../../fixtures/named-arrays';

describe('batch normalization', () => {
  const norm = (key: string) => [
    arrayOf(`${key}.weight`, [2], [2, 3]),
    arrayOf(`${key}.bias`, [2], [1, -1]),
    arrayOf(`${key}.running_mean`, [2], [0.5, 1]),
    arrayOf(`${key}.running_var`, [2], [4, 1]),
    arrayOf(`${key}.num_batches_tracked`, [], undefined, 'integer'),
  ];
  const first = (key: string) => [
    arrayOf(`${key}.weight`, [2, 3], [1, 2, 3, 4, 5, 6]),
    arrayOf(`${key}.bias`, [2], [1, 2]),
  ];
  const last = (key: string) => arrayOf(`${key}.weight`, [2, 2], [1, 2, 3, 4]);

  it('is folded into the layer before it, or into the one behind it if it stands after the activation', () => {
    const { candidates } = readArrays([...first('fc1'), ...norm('bn1'), last('fc2')]);
    expect(candidates.map(({ description }) => description.split(', ').at(-1))).toEqual([
      'batch normalization before the activation',
      'batch normalization after the activation',
    ]);
    const [before, after] = candidates.map(({ layers }) => layers());
    const scale = [2 / Math.sqrt(4 + 1e-5), 3 / Math.sqrt(1 + 1e-5)] as const;
    expect(before![0]!.bias[0]).toBeCloseTo((1 - 0.5) * scale[0] + 1, 6);
    expect(before![0]!.weight[5]).toBeCloseTo(6 * scale[1], 5);
    expect(before![1]!.weight).toEqual(Float32Array.of(1, 2, 3, 4));
    expect(after![0]!.weight).toEqual(Float32Array.of(1, 2, 3, 4, 5, 6));
    expect(after![1]!.weight[1]).toBeCloseTo(2 * scale[1], 5);
    expect(after![1]!.bias[0]).toBeCloseTo(1 * (1 - 0.5 * scale[0]) + 2 * (-1 - 1 * scale[1]), 5);
  });

  it('has an epsilon that no array stores, which is reported', () => {
    expect(readArrays([...first('0'), ...norm('1'), last('3')]).notes).toContain(
      'Its batch normalization “1” was folded into the linear layers. The file does not store its ' +
        'epsilon: the usual 1e-5 was assumed.',
    );
  });

  it('stands where the numbers of a Sequential say', () => {
    expect(readArrays([...first('0'), ...norm('1'), last('3')]).candidates).toHaveLength(1);
    expect(readArrays([...first('0'), ...norm('2'), last('3')]).candidates).toHaveLength(2);
  });
});
