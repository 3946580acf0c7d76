import { expect, it } from 'vitest';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { GLOSSARY } from '../../../../src-renderer/glossary/glossary';

const FOLDER = path.resolve(import.meta.dirname, '../../../../src-renderer/glossary');

it('every term of the glossary has two sentences', () => {
  for (const { term, says } of GLOSSARY) expect([term, says.split(/[.] (?=[A-Z])/).length]).toEqual([term, 2]);
  expect(GLOSSARY.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['loss', 'gradient', 'epoch', 'softmax', 'overfitting', 'dropout', 'momentum', 'layer']),
  );
});

it('every term has a picture, and every picture a term', async () => {
  const pictures = await readFile(path.join(FOLDER, 'pictures.svg'), 'utf8');
  const drawn = [...pictures.matchAll(/<symbol id="([^"]+)"/g)].map(([, id]) => id);
  expect(drawn.sort()).toEqual(GLOSSARY.map(({ id }) => id).sort());
});
