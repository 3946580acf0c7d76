// The Debian package on a Linux desktop: its entry, its icons, and the types of the files that it opens, as the
// system's own tools see them.
import { extractFile } from '@electron/asar';
import { expect, test } from '@playwright/test';
import { execFileSync, spawnSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { unpackDeb, type Installed } from './installed';

const hasValidator = spawnSync('desktop-file-validate', ['--help']).status === 0;

let installed: Installed;
test.beforeAll(async () => void (installed = await unpackDeb()));
test.afterAll(() => installed.remove());

test('has an entry in the menus, and pictures in all sizes', async () => {
  expect(installed.entry).toMatchObject({
    Name: 'MNIST Studio',
    Type: 'Application',
    Icon: 'mnist-studio',
    Categories: 'Education;Science;',
  });
  for (const size of [16, 32, 48, 256, 512]) {
    const png = await readFile(
      path.join(installed.root, `usr/share/icons/hicolor/${size}x${size}/apps/mnist-studio.png`),
    );
    expect(png.readUInt32BE(16)).toBe(size);
  }
});

test('has an entry without faults (where desktop-file-validate is installed)', () => {
  test.skip(!hasValidator, 'Debian’s package desktop-file-utils has it.');
  expect(execFileSync('desktop-file-validate', ['--no-hints', installed.entryFile], { encoding: 'utf8' })).toBe('');
});

test('names its windows as its entry is named, so that the desktop knows to which program they belong', () => {
  const { desktopName } = JSON.parse(
    extractFile(path.join(installed.folder, 'resources/app.asar'), 'package.json').toString(),
  ) as { desktopName: string };
  expect(path.basename(installed.entryFile)).toBe(desktopName);
  expect(`${installed.entry['StartupWMClass']}.desktop`).toBe(desktopName);
});

test('declares the types of network files, and opens those and no others', async () => {
  const mime = path.join(installed.root, 'usr/share/mime');
  expect(await readdir(path.join(mime, 'packages'))).toEqual(['mnist-studio.xml']);
  // The real tool of shared-mime-info, which GTK needs and every desktop has. It fails where the XML is wrong.
  execFileSync('update-mime-database', [mime], { stdio: ['ignore', 'ignore', 'pipe'] });
  const globs = (await readFile(path.join(mime, 'globs2'), 'utf8'))
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  expect(globs.sort()).toEqual([
    '50:application/x-npz:*.npz',
    '50:application/x-onnx:*.onnx',
    '50:application/x-safetensors:*.safetensors',
  ]);
  expect(await readFile(path.join(mime, 'subclasses'), 'utf8')).toBe('application/x-npz application/zip\n');
  const opened = installed.entry['MimeType']!.split(';').filter((type) => type !== '');
  expect(opened.sort()).toEqual(globs.map((line) => line.split(':')[1]));
});
