import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archiveItems } from '../../../../../src-main/files/archive/archive';
import { StudioError } from '../../../../../src-shared/errors';
import { tarBytes, tarHeader } from '../../../../fixtures/tar';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mnist-studio-archive-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(
  name: string,
  bytes: Uint8Array,
  wanted: (item: string) => boolean = () => true,
): Promise<Record<string, string>> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  const found: Record<string, string> = {};
  for await (const item of archiveItems(path)) {
    if (!wanted(item.name)) continue;
    const chunks: Uint8Array[] = [];
    for await (const chunk of item.content()) chunks.push(chunk.slice());
    found[item.name] = Buffer.concat(chunks).toString();
    expect(found[item.name]).toHaveLength(item.bytes);
  }
  return found;
}

async function refusal(name: string, bytes: Uint8Array): Promise<StudioError> {
  const error = await read(name, bytes).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(StudioError);
  expect((error as StudioError).message).toMatch(new RegExp(`^${name} .*\\. Please .*\\.$`));
  return error as StudioError;
}

const text = (content: string) => new Uint8Array(Buffer.from(content));
const zip = (files: Record<string, Uint8Array>, level: 0 | 6 = 6) => zipSync(files, { level });
const long = 'abc'.repeat(700_000);

/** Where a signature stands in the bytes of an archive. */
function placeOf(bytes: Uint8Array, signature: string): number {
  return Buffer.from(bytes).indexOf(signature, 0, 'latin1');
}

function changed(bytes: Uint8Array, at: number, ...values: number[]): Uint8Array {
  const copy = bytes.slice();
  copy.set(values, at);
  return copy;
}

describe('a ZIP archive that is not as it should be', () => {
  const whole = zip({ 'a.txt': text('hello') });
  const directory = placeOf(whole, 'PK\x01\x02');

  it('is refused if it is cut off', async () => {
    expect((await refusal('a.zip', whole.subarray(0, -30))).code).toBe('file-truncated');
    expect((await refusal('a.zip', whole.subarray(0, 10))).code).toBe('file-truncated');
  });

  it('is refused if a file would lie outside', async () => {
    for (const name of ['../../evil', '/etc/evil', 'a/../../evil', 'C:\\evil']) {
      expect((await refusal('a.zip', zip({ [name]: text('hello') }))).message).toContain('outside');
    }
  });

  it('is refused if it is encrypted', async () => {
    expect((await refusal('a.zip', changed(whole, directory + 8, 1))).message).toContain('password');
  });

  it('is refused if the packed bytes or the check sum are wrong', async () => {
    expect((await refusal('a.zip', changed(whole, directory + 16, 1, 2, 3, 4))).message).toContain('check sum');
    const packed = zip({ 'a.txt': text('hello '.repeat(30)) });
    expect((await refusal('a.zip', changed(packed, 35, 0xff, 0xff, 0xff))).message).toContain('cannot be unpacked');
  });

  it.each([3, long.length - 1])('is refused if a file is longer than the directory says (%i bytes)', async (size) => {
    const content = size === 3 ? 'hello' : long;
    const packed = zip({ 'a.txt': text(content) });
    const sizes = changed(packed, placeOf(packed, 'PK\x01\x02') + 24, size & 0xff, (size >> 8) & 0xff, size >> 16, 0);
    expect((await refusal('a.zip', sizes)).message).toMatch(/longer|cannot be unpacked/);
  });

  it('is refused if a file is shorter than the directory says', async () => {
    const packed = zip({ 'a.txt': text('hello '.repeat(30)) });
    expect((await refusal('a.zip', changed(packed, placeOf(packed, 'PK\x01\x02') + 24, 200))).message).toContain(
      'shorter',
    );
  });

  it('is refused if it promises more than any dataset has', async () => {
    const bomb = zip({ 'a.txt': text('a'), 'b.txt': text('b'), 'c.txt': text('c') });
    for (
      let at = placeOf(bomb, 'PK\x01\x02');
      at >= 0;
      at = Buffer.from(bomb).indexOf('PK\x01\x02', at + 4, 'latin1')
    ) {
      bomb.set([0xf0, 0xff, 0xff, 0xff], at + 24);
      bomb.set([8, 0], at + 10); // deflated: stored sizes would have to agree
    }
    expect((await refusal('a.zip', bomb)).message).toContain('gibibytes');
  });
});

describe('a tar archive that is not as it should be', () => {
  it('is refused if it is cut off', async () => {
    const whole = tarBytes({ 'a.txt': text(long) });
    expect((await refusal('a.tar', whole.subarray(0, 5000))).code).toBe('file-truncated');
    expect((await refusal('a.tar', whole.subarray(0, 300))).code).toBe('file-truncated');
    expect((await refusal('a.tgz', gzipSync(whole).subarray(0, 900))).code).toBe('file-truncated');
  });

  it('is refused if a header is damaged', async () => {
    expect((await refusal('a.tar', changed(tarBytes({ 'a.txt': text('a') }), 0, 99))).message).toContain('check sum');
  });

  it('is refused if a file would lie outside', async () => {
    expect((await refusal('a.tar', tarBytes({ '../evil': text('a') }))).message).toContain('outside');
  });

  it('is refused if it promises more than any dataset has, or an endless name', async () => {
    expect((await refusal('a.tar', tarHeader('a', 2 ** 35))).message).toContain('gibibytes');
    expect((await refusal('a.tar', tarHeader('a', 2 ** 30, 'L'))).message).toContain('mebibyte');
  });
});

describe('an archive', () => {
  const files = { 'a.txt': text('hello'), 'folder/b.txt': text(long), empty: text('') };
  const expected = { 'a.txt': 'hello', 'folder/b.txt': long, empty: '' };

  it('gives its files, stored or deflated', async () => {
    expect(await read('a.zip', zip(files))).toEqual(expected);
    expect(await read('a.zip', zip(files, 0))).toEqual(expected);
  });

  it('gives its files out of tar, plain or compressed, whatever its name', async () => {
    expect(await read('a.tar', tarBytes(files))).toEqual(expected);
    expect(await read('a.tar.gz', gzipSync(tarBytes(files)))).toEqual(expected);
    expect(await read('a.zip', gzipSync(tarBytes(files)))).toEqual(expected);
  });

  it('passes over links and folders, and knows long names', async () => {
    const name = `${'folder/'.repeat(30)}a.txt`;
    const gnu = Buffer.concat([
      tarHeader('././@LongLink', name.length, 'L'),
      text(name.padEnd(512, '\0')),
      tarBytes({ short: text('1') }),
    ]);
    expect(await read('a.tar', new Uint8Array(gnu))).toEqual({ [name]: '1' });
    const line = `${name.length + 10} path=${name}\n`;
    const pax = Buffer.concat([
      tarHeader('PaxHeaders', line.length, 'x'),
      text(line.padEnd(512, '\0')),
      tarBytes({ short: text('2') }),
    ]);
    expect(await read('a.tar', new Uint8Array(pax))).toEqual({ [name]: '2' });
    const links = Buffer.concat([
      tarHeader('../link', 0, '2'),
      tarHeader('folder/', 0, '5'),
      tarBytes({ a: text('3') }),
    ]);
    expect(await read('a.tar', new Uint8Array(links))).toEqual({ a: '3' });
  });

  it('need not be read as a whole', async () => {
    expect(await read('a.tar', tarBytes(files), (name) => name === 'empty')).toEqual({ empty: '' });
    for await (const item of archiveItems(join(folder, 'a.tar'))) {
      if (item.name === 'a.txt') break;
    }
  });
});
