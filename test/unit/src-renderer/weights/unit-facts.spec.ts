import { describe, expect, it } from 'vitest';
import {
  classActivations,
  formatActivation,
  healthOf,
  incoming,
  outgoing,
} from '../../../../src-renderer/weights/unit-facts';
import { unitStatistics } from '../../../../src-renderer/weights/units';
import { unitsTable, unitTable } from '../../../../src-renderer/weights/weights-table';

describe('the weights of a unit', () => {
  // Two units that look at three.
  const layer = { weight: Float32Array.of(1, -2, 3, 4, 5, 6), bias: Float32Array.of(0.5, -0.5), inputs: 3, outputs: 2 };

  it('come from its row and lead out by its column', () => {
    expect(incoming(layer, 1).map(({ value }) => value)).toEqual([4, 5, 6]);
    expect(outgoing(layer, 1, ['cat', 'dog'])).toEqual([
      { name: 'cat', value: -2 },
      { name: 'dog', value: 5 },
    ]);
    expect(outgoing(layer, 0, undefined)[1]).toEqual({ name: 'Unit 2', value: 4 });
  });

  it('are the ten strongest where there are more', () => {
    const weight = Float32Array.from({ length: 12 }, (_, k) => (k % 2 ? k : -k));
    expect(
      incoming({ weight, bias: new Float32Array(1), inputs: 12, outputs: 1 }, 0).map(({ value }) => value),
    ).toEqual([11, -10, 9, -8, 7, -6, 5, -4, 3, -2]);
  });

  it('are saved a row a pixel', () => {
    expect(unitTable(Float32Array.of(0.5, -1, 2, 4), 2).split('\r\n')).toEqual([
      'row,column,weight',
      '0,0,0.5',
      '0,1,-1',
      '1,0,2',
      '1,1,4',
      '',
    ]);
  });

  it('are saved a row a unit in the order that is shown, with what was measured', () => {
    expect(unitsTable(layer, [1, 0], undefined, ['cat', 'dog'])).toBe(
      `unit,norm,bias\r\n2,${Math.sqrt(77)},-0.5\r\n1,${Math.sqrt(14)},0.5\r\n`,
    );
    const statistics = unitStatistics(
      { units: 2, values: Float32Array.of(0, 1, 4, 0) },
      Uint16Array.of(0, 1),
      2,
      'relu',
    );
    const [header, first] = unitsTable(layer, [1, 0], statistics, ['cat', 'dog']).split('\r\n');
    expect(header).toBe(
      'unit,norm,bias,mean activation,active share,saturated share,mean activation on cat,mean activation on ' +
        'dog,usefulness for cat,usefulness for dog',
    );
    expect(first).toBe(`2,${Math.sqrt(77)},-0.5,0.5,0.5,0,1,0,1,-1`);
  });
});

describe('what is said of a unit', () => {
  const statistics = unitStatistics(
    { units: 2, values: Float32Array.of(0, 2, 0, 4, 0, 9) },
    Uint16Array.of(0, 0, 1),
    2,
    'relu',
  );

  it('is its mean activation on each class', () => {
    expect(classActivations(statistics, 1, ['cat', 'dog'])).toEqual([
      { name: 'cat', value: 3 },
      { name: 'dog', value: 9 },
    ]);
  });

  it('is whether it is dead, with what that means', () => {
    expect(healthOf(statistics, 0, 'relu')).toEqual({
      word: 'Dead',
      meaning: 'Dead: active on none of the test images.',
    });
    expect(healthOf(statistics, 1, 'relu').word).toBe('Alive');
  });

  it('is how far it is saturated where its range has two ends', () => {
    const tanh = unitStatistics({ units: 1, values: Float32Array.of(0.95, 0.5) }, Uint16Array.of(0, 0), 1, 'tanh');
    expect(healthOf(tanh, 0, 'tanh').word).toBe('Not saturated');
    expect(healthOf(tanh, 0, 'tanh').meaning).toContain(
      'below −0.9 or above 0.9 on more than 95% of the test images (here 50.0%)',
    );
  });

  it('has short numbers with a true minus', () => {
    expect([0, 1.234, -0.05].map(formatActivation)).toEqual(['0', '1.2', '−0.050']);
  });
});
