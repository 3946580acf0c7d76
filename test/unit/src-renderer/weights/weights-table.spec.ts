import { expect, it } from 'vitest';
import { unitStatistics } from '../../../../src-renderer/weights/units';
import { histogramsTable, unitsTable, unitTable } from '../../../../src-renderer/weights/weights-table';

it('the weights of a unit have a row for each pixel', () => {
  expect(unitTable(Float32Array.of(0.5, -1, 2, 4), 2).split('\r\n')).toEqual([
    'row,column,weight',
    '0,0,0.5',
    '0,1,-1',
    '1,0,2',
    '1,1,4',
    '',
  ]);
});

const layer = { weight: Float32Array.of(1, -2, 3, 4, 5, 6), bias: Float32Array.of(0.5, -0.5), inputs: 3, outputs: 2 };

it('units have a row each in the given order, with their statistics if known', () => {
  expect(unitsTable(layer, [1, 0], undefined, ['cat', 'dog'])).toBe(
    `unit,norm,bias\r\n2,${Math.sqrt(77)},-0.5\r\n1,${Math.sqrt(14)},0.5\r\n`,
  );
  const statistics = unitStatistics({ units: 2, values: Float32Array.of(0, 1, 4, 0) }, Uint16Array.of(0, 1), 2, 'relu');
  const [header, first] = unitsTable(layer, [1, 0], statistics, ['cat', 'dog']).split('\r\n');
  expect(header).toBe(
    'unit,norm,bias,mean activation,active share,saturated share,mean activation on cat,mean activation on ' +
      'dog,usefulness for cat,usefulness for dog',
  );
  expect(first).toBe(`2,${Math.sqrt(77)},-0.5,0.5,0.5,0,1,0,1,-1`);
});

it('histograms have a row for each bar, without those that are not known yet', () => {
  const layer = { weight: Float32Array.of(-1, 1), bias: new Float32Array(1), inputs: 2, outputs: 1 };
  const rows = histogramsTable([layer, layer], [], [{ norm: 1, histogram: Uint32Array.of(3, 4), limit: 2 }])
    .trimEnd()
    .split('\r\n');
  expect(rows).toHaveLength(1 + 41 + 2 + 41);
  expect(rows[0]).toBe('layer,what,from,to,count');
  expect(rows.slice(42, 44)).toEqual(['1,gradients,-2,0,3', '1,gradients,0,2,4']);
  expect(rows.at(-1)).toMatch(/^2,weights,.*,1$/);
});
