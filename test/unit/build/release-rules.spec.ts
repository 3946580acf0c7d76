// What may be released, with apps that consist of no more than what is looked at: a user agent and a fuse wire.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reasonsAgainst } from '../../../build/release-rules.mjs';

const PINNED = '45.4.1';
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** In the order of Electron's fuses.json5, as electron-builder.yml wants them; the last one is wasm_trap_handlers. */
const FUSES = '000011001';

let dist: string;
beforeEach(async () => void (dist = await mkdtemp(join(tmpdir(), 'mnist-studio-release-'))));
afterEach(() => rm(dist, { recursive: true }));

function program(version: string, fuses = FUSES): Buffer {
  return Buffer.concat([
    Buffer.from(`\0%s Electron/%s\0%s Chrome/156.0.0.0 Electron/${version}\0${SENTINEL}`),
    Buffer.from([1, fuses.length]),
    Buffer.from(`${fuses}\0`),
  ]);
}

async function put(file: string, content: Buffer | string = ''): Promise<void> {
  await mkdir(join(dist, file, '..'), { recursive: true });
  await writeFile(join(dist, file), content);
}

describe('refuses', () => {
  it('an empty folder, and one that is not there', async () => {
    const reasons = [
      expect.stringContaining('There is no package'),
      expect.stringContaining('There is no unpacked app'),
    ];
    expect(await reasonsAgainst(dist, PINNED)).toEqual(reasons);
    expect(await reasonsAgainst(join(dist, 'nowhere'), PINNED)).toEqual(reasons);
  });

  it('packages that are marked as made with a substitute, whatever lies unpacked beside them', async () => {
    await put('mnist-studio_0.1.0-electron33-substitute_amd64.deb');
    await put('mnist-studio-0.1.0.AppImage');
    await put('linux-unpacked/mnist-studio', program(PINNED));
    expect(await reasonsAgainst(dist, PINNED)).toEqual([
      'mnist-studio_0.1.0-electron33-substitute_amd64.deb was made with an Electron that stands in for 45.4.1.',
    ]);
  });

  it.each([
    ['Linux', 'linux-unpacked/mnist-studio'],
    ['Windows', 'win-unpacked/MNIST Studio.exe'],
    ['macOS', 'mac-arm64/MNIST Studio.app/Contents/Frameworks/Electron Framework.framework/Electron Framework'],
  ])('an app with another Electron than the pinned one (%s)', async (_system, file) => {
    await put('mnist-studio-0.1.0.zip');
    await put(file, program('45.4.10'));
    expect(await reasonsAgainst(dist, PINNED)).toEqual([
      expect.stringContaining('It holds Electron 45.4.10; expected 45.4.1'),
    ]);
    await put(file, program(PINNED));
    expect(await reasonsAgainst(dist, PINNED)).toEqual([]);
  });

  it('an app whose Electron cannot be identified', async () => {
    await put('mnist-studio-0.1.0.zip');
    await put('linux-unpacked/mnist-studio', program('%s'));
    expect(await reasonsAgainst(dist, PINNED)).toEqual([expect.stringContaining('an Electron of unknown version')]);
  });

  it('one app of two for macOS', async () => {
    const framework = 'MNIST Studio.app/Contents/Frameworks/Electron Framework.framework/Electron Framework';
    await put('mnist-studio-0.1.0-mac-arm64.dmg');
    await put(`mac/${framework}`, program(PINNED));
    await put(`mac-arm64/${framework}`, program('34.5.8'));
    expect(await reasonsAgainst(dist, PINNED)).toEqual([expect.stringMatching(/^mac-arm64/)]);
  });

  it('fuses that are not set, and trap handlers that are switched off', async () => {
    await put('mnist-studio-0.1.0.tar.gz');
    await put('linux-unpacked/mnist-studio', program(PINNED, '100011000'));
    expect(await reasonsAgainst(dist, PINNED)).toEqual([
      'linux-unpacked/mnist-studio: The fuse runAsNode is not off, as electron-builder.yml wants it.',
      expect.stringContaining('wasm_trap_handlers is off'),
    ]);
  });
});

it('lets an app pass whose Electron is too old to have trap handlers, but is the pinned one', async () => {
  await put('mnist-studio-0.1.0.tar.gz');
  await put('linux-unpacked/mnist-studio', program('33.2.1', FUSES.slice(0, 8)));
  expect(await reasonsAgainst(dist, '33.2.1')).toEqual([]);
});
