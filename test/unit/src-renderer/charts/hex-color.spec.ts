import { expect, it } from 'vitest';
import { parseHex } from '../../../../src-renderer/charts/hex-color';

it('parses six digits, and the three that a minified stylesheet has', () => {
  expect(parseHex('#1c1b19')).toEqual([28, 27, 25]);
  expect(parseHex('#ffffff')).toEqual([255, 255, 255]);
  expect(parseHex('#fff')).toEqual([255, 255, 255]);
  expect(parseHex('#a0f')).toEqual([170, 0, 255]);
});
