import { expect, it } from 'vitest';
import { fileAmong, GivenFile } from '../../../src-main/given-file';

it('finds the file of a network among arguments, wherever it is', () => {
  expect(fileAmong(['/app/mnist-studio', '--no-sandbox', 'nets/a.ONNX'], '/home/me')).toBe('/home/me/nets/a.ONNX');
  expect(fileAmong(['a.npz', '/x/b.weights.h5'], '/home/me')).toBe('/x/b.weights.h5');
  expect(fileAmong(['/app/mnist-studio', '--model=a.npz', 'a.txt', '.'], '/home/me')).toBeUndefined();
});

it('keeps a file until a page is there, gives it once, and tells of later ones at once', () => {
  const told: string[] = [];
  const given = new GivenFile((file) => told.push(file));
  given.offer(undefined);
  given.offer('a.npz');
  expect(told).toEqual([]);
  expect([given.take(), given.take()]).toEqual(['a.npz', undefined]);
  given.offer('b.npz');
  expect(told).toEqual(['b.npz']);
});
