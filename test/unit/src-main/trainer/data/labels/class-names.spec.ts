import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  emnistClassNames,
  FASHION,
  KUZUSHIJI,
  labelNumbers,
  readClassNames,
  type ClassNames,
} from '../../../../../../src-main/trainer/data/labels/class-names';
import { makeFolder } from '../../../../../fixtures/folders';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => ({ folder, remove } = await makeFolder()));
afterEach(() => remove());

const THREE = [0, 1, 2];

async function readFile(name: string, content: string | Uint8Array, labels = THREE): Promise<ClassNames> {
  await writeFile(join(folder, name), content);
  return readClassNames(join(folder, name), labels);
}
async function read(name: string, content: string | Uint8Array, labels?: number[]): Promise<string[] | undefined> {
  return (await readFile(name, content, labels)).names;
}
const refused = async (name: string, content: string | Uint8Array, sentence: string, labels = THREE) => {
  await expect(read(name, content, labels)).rejects.toMatchObject({
    code: 'class-names-wrong',
    message: expect.stringContaining(`${name} does not name the classes: ${sentence}`),
  });
};

describe('a file of names is refused', () => {
  it.each(['labels.txt', 'emnist-letters-mapping.txt'])('when %s is empty or no text', async (name) => {
    await refused(name, '', 'it is empty');
    await refused(name, ' \n\n', 'it is empty');
    await refused(name, Uint8Array.of(0x30, 0x0a, 0x01, 0x0a), 'it is not a text file');
    await refused(name, Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x1a), 'it is not a text file');
    await refused(name, Uint8Array.of(0xff, 0xfe, 0x00, 0xd8), 'it is not a text file');
  });

  it('when it is a mapping and too large', async () => {
    await refused(
      'emnist-letters-mapping.txt',
      '0 48\n'.repeat(240_000),
      'it is 1.1 MB large, and at most 1 MB was expected',
    );
  });

  it('when it has too few names', async () => {
    await refused('labels.txt', 'cat\ndog\n', 'it has no name for the label 2, and names for 0 to 2 were expected');
    await refused('labels.txt', '0 cat\n2 dog\n', 'it has no name for the label 1');
    await refused('emnist-letters-mapping.txt', '0 65\n1 66\n', 'it has no name for the label 2');
  });

  it('when a mapping has anything but numbers', async () => {
    await refused('emnist-digits-mapping.txt', '0 48\n1 one\n2 50\n', 'its line 2 is “1 one”');
    await refused('emnist-digits-mapping.txt', '0 48\n1\n2 50\n', 'its line 2 is “1”');
    await refused('emnist-digits-mapping.txt', '0 48\n-1 49\n2 50\n', 'its line 2 is “-1 49”');
    await refused('emnist-digits-mapping.txt', `0 ${'x'.repeat(300)}`, `its line 1 is “0 ${'x'.repeat(38)}…”`);
  });

  it.each([0, 10, 127, 0xd800, 0x110000])('when a mapping has %i for the code of a character', async (code) => {
    await refused(
      'emnist-digits-mapping.txt',
      `0 48\n1 49\n2 ${code}\n`,
      `its line 3 holds ${code}, which is not the code of a character`,
    );
  });

  it('when it names a label twice', async () => {
    await refused('labels.txt', '0 cat\n1 dog\n1 cow\n2 hen\n', 'its line 3 names the label 1 a second time');
    await refused('emnist-digits-mapping.txt', '0 48\n0 49\n', 'its line 2 names the label 0 a second time');
  });

  it('when a name is too long', async () => {
    await refused('labels.txt', `cat\n${'x'.repeat(101)}\ndog\n`, 'its line 2 is longer than 100 characters');
  });

  it('when it cannot be opened', async () => {
    await mkdir(join(folder, 'labels.txt'));
    await expect(readClassNames(join(folder, 'labels.txt'), THREE)).rejects.toMatchObject({
      code: 'file-unreadable',
      message: expect.stringContaining('labels.txt cannot be read: it is a folder'),
    });
    await expect(readClassNames(join(folder, 'gone.txt'), THREE)).rejects.toMatchObject({
      code: 'file-unreadable',
      message: expect.stringContaining('gone.txt cannot be read: it does not exist'),
    });
  });
});

describe('a file of names is read', () => {
  it('with one name per line, with any line ends', async () => {
    for (const end of ['\n', '\r\n', '\r'])
      expect(await read('labels.txt', ['T-shirt/top', ' 手書き', 'Ankle boot', ''].join(end))).toEqual([
        'T-shirt/top',
        '手書き',
        'Ankle boot',
      ]);
    expect(await read('labels.txt', '\ufeffcat\ndog\n\nhen')).toEqual(['cat', 'dog', 'hen']);
  });

  it('with numbers before the names, in any order', async () => {
    for (const mark of [' ', '\t', ': ', ',', ' = '])
      expect(await read('Labels.txt', `2${mark}hen\n0${mark}black cat\n1${mark}dog\n3${mark}cow`)).toEqual([
        'black cat',
        'dog',
        'hen',
      ]);
  });

  it('for the classes that occur', async () => {
    expect(await read('labels.txt', 'zero\none\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine', [3, 7])).toEqual([
      'three',
      'seven',
    ]);
    expect(await read('labels.txt', 'three\nseven', [3, 7])).toEqual(['three', 'seven']);
  });

  it('in UTF-16 with and without a byte order mark, and in Latin-1 with a note', async () => {
    const utf16 = Buffer.from('null\r\neins\r\nzwei', 'utf16le');
    const bigEndian = Buffer.from(utf16).swap16();
    for (const bytes of [
      Buffer.concat([Uint8Array.of(0xff, 0xfe), utf16]),
      utf16,
      Buffer.concat([Uint8Array.of(0xfe, 0xff), bigEndian]),
      bigEndian,
    ]) {
      expect(await readFile('labels.txt', bytes)).toEqual({ names: ['null', 'eins', 'zwei'], notes: [] });
    }
    expect(await readFile('labels.txt', Buffer.from('vier\nfünf\nsechs', 'latin1'))).toEqual({
      names: ['vier', 'fünf', 'sechs'],
      notes: ['labels.txt is not written in UTF-8: it was read as Latin-1.'],
    });
  });

  it('but not if it describes single images', async () => {
    expect(await readFile('labels.txt', '0\n1\n2\n'.repeat(40))).toEqual({
      names: undefined,
      notes: ['labels.txt was passed over, since it does not name the classes: it has 120 lines for 3 classes.'],
    });
    const indexed = Array.from({ length: 200 }, (_, k) => `${k} ${k % 3}`).join('\n');
    expect((await readFile('labels.txt', indexed)).notes[0]).toContain('it has 200 lines for 3 classes');
    expect((await readFile('labels.txt', '5\n0\n4\n1\n9\n2\n1\n3\n')).notes[0]).toContain('it says “1” more than once');
    expect(await read('labels.txt', 'other\nother\ncat')).toEqual(['other', 'other', 'cat']);
  });

  it('with numbers as names', async () => {
    expect(await read('labels.txt', '7\n8\n9\n')).toEqual(['7', '8', '9']);
  });

  it('with the labels counted from 1 or, if there is one more name, from 0', async () => {
    const fromOne = [1, 2, 3];
    expect(await read('labels.txt', 'a\nb\nc', fromOne)).toEqual(['a', 'b', 'c']);
    expect(await read('labels.txt', 'none\na\nb\nc', fromOne)).toEqual(['a', 'b', 'c']);
  });

  it('in the format of EMNIST’s mapping, with one character or two', async () => {
    expect(await read('emnist-digits-mapping.txt', '0 48\r\n1 49\r\n2 50\r\n')).toEqual(['0', '1', '2']);
    expect(await read('emnist-letters-mapping.txt', '1 65 97\n2 66 98\n3 67 99\n', [1, 2, 3])).toEqual([
      'Aa',
      'Bb',
      'Cc',
    ]);
  });
});

describe('the names of EMNIST', () => {
  it('are as many as its classes', () => {
    expect([FASHION.length, KUZUSHIJI.length]).toEqual([10, 10]);
    const all = (part: string, lowest: number, classes: number) =>
      emnistClassNames(
        part,
        Array.from({ length: classes }, (_, k) => lowest + k),
      )?.join(' ');
    expect(all('byclass', 0, 62)).toBe(
      '0 1 2 3 4 5 6 7 8 9 A B C D E F G H I J K L M N O P Q R S T U V W X Y Z a b c d e f g h i j k l m n o p ' +
        'q r s t u v w x y z',
    );
    const merged = '0 1 2 3 4 5 6 7 8 9 A B C D E F G H I J K L M N O P Q R S T U V W X Y Z a b d e f g h n q r t';
    expect([all('bymerge', 0, 47), all('balanced', 0, 47)]).toEqual([merged, merged]);
    expect(all('letters', 1, 26)).toBe('Aa Bb Cc Dd Ee Ff Gg Hh Ii Jj Kk Ll Mm Nn Oo Pp Qq Rr Ss Tt Uu Vv Ww Xx Yy Zz');
    expect([all('digits', 0, 10), all('mnist', 0, 10)]).toEqual(['0 1 2 3 4 5 6 7 8 9', '0 1 2 3 4 5 6 7 8 9']);
  });

  it('are those of the labels that occur, and undefined if there are others', () => {
    expect(emnistClassNames('letters', [3, 4])).toEqual(['Cc', 'Dd']);
    expect(
      emnistClassNames(
        'letters',
        Array.from({ length: 26 }, (_, k) => k),
      ),
    ).toBeUndefined();
    expect(
      emnistClassNames(
        'digits',
        Array.from({ length: 11 }, (_, k) => k),
      ),
    ).toBeUndefined();
    expect(emnistClassNames('hiragana', [0, 1])).toBeUndefined();
    expect(labelNumbers([-1, 0, 1])).toEqual(['-1', '0', '1']);
  });
});
