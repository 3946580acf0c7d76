import { expect, it } from 'vitest';
import { fuzzyFilter, fuzzyScore } from '../../../../src-renderer/shell/fuzzy';
import { COMMANDS } from '../../../../src-shared/app/app-commands';

const labels = COMMANDS.map(({ label }) => label);
const find = (query: string) => fuzzyFilter(labels, query, (label) => [label]);

it('letters that are missing, or in another order, find nothing', () => {
  expect(fuzzyScore('xq', 'Zoom In')).toBeUndefined();
  expect(fuzzyScore('moz', 'Zoom In')).toBeUndefined();
  expect(find('zzzz')).toEqual([]);
});

it('an empty query finds everything, in order', () => {
  expect(find('')).toEqual(labels);
  expect(find('  ')).toEqual(labels);
});

it.each([
  ['ew', 'Export Weights…'],
  ['zi', 'Zoom In'],
  ['dark', 'Dark Theme'],
  ['ksc', 'Keyboard Shortcuts'],
  ['runs', 'Runs'],
  ['TRAIN', 'Train'],
  ['one ep', 'Train One Epoch'],
])('“%s” finds “%s” first', (query, label) => {
  expect(find(query)[0]).toBe(label);
});

it('word starts and adjacent letters score more than other letters', () => {
  expect(fuzzyScore('da', 'Data')!).toBeGreaterThan(fuzzyScore('da', 'Standard')!);
  expect(fuzzyScore('ow', 'Open Weights')!).toBeGreaterThan(fuzzyScore('ow', 'Follow')!);
});
