import { mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  chooseProfile,
  repairSharedMemory,
  repairTemporaryFolder,
  type ProfileApp,
} from '../../../../src-main/window/profile-folder';
import { makeFolder } from '../../../fixtures/folders';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => void ({ folder, remove } = await makeFolder()));
afterEach(() => remove());

function stage(own?: string): { app: ProfileApp; chosen: () => string; switches: string[] } {
  let chosen = '';
  const switches: string[] = [];
  const app: ProfileApp = {
    name: 'MNIST Studio',
    getPath() {
      if (own === undefined) throw new Error('Failed to get the path');
      return own;
    },
    setPath: (_name, path) => (chosen = path),
    commandLine: { hasSwitch: () => own !== undefined, appendSwitch: (name) => void switches.push(name) },
  };
  return { app, chosen: () => chosen, switches };
}

describe('a temporary folder takes the place of the one for settings and runs, and a sentence names both', () => {
  const instead: string[] = [];
  afterEach(() => Promise.all(instead.splice(0).map((one) => rm(one, { recursive: true }))));

  const expectInstead = (warning: string | undefined, chosen: string, wanted: string, reason: string) => {
    instead.push(chosen);
    expect(chosen.startsWith(join(tmpdir(), 'mnist-studio-profile-'))).toBe(true);
    expect(warning).toContain(`The app keeps its settings and runs in “${wanted}”, but ${reason}`);
    expect(warning).toContain(`This session uses “${chosen}” instead`);
  };

  it('if a file is in its place, or in that of a folder above it', async () => {
    await writeFile(join(folder, 'file'), '');
    for (const [wanted, reason] of [
      [join(folder, 'file'), 'a file is in its place'],
      [join(folder, 'file', 'deep'), 'it is not a folder'],
    ] as const) {
      const { app, chosen } = stage(wanted);
      expectInstead(chooseProfile(app, {}), chosen(), wanted, `it cannot be written: ${reason}.`);
    }
  });

  it('if Electron has no path for it, as under a configuration folder that is a file', async () => {
    await writeFile(join(folder, 'file'), '');
    const { app, chosen } = stage();
    expectInstead(
      chooseProfile(app, { XDG_CONFIG_HOME: join(folder, 'file') }),
      chosen(),
      join(folder, 'file', 'MNIST Studio'),
      'it cannot be written',
    );
  });

  it('if another computer has it open, which Chromium would give way to without a word', async () => {
    await symlink('other-host-77', join(folder, 'SingletonLock'));
    const { app, chosen } = stage(folder);
    expectInstead(chooseProfile(app, {}), chosen(), folder, '“other-host”, another computer, has it open.');
  });
});

describe('the folder for settings and runs', () => {
  it('is created, used, and left without a trace of the trial, also with a lock of this computer', async () => {
    const own = join(folder, 'new', 'profile');
    const { app, chosen } = stage(own);
    expect(chooseProfile(app, {})).toBeUndefined();
    expect(chosen()).toBe(own);
    await symlink(`${hostname()}-77`, join(own, 'SingletonLock'));
    expect(chooseProfile(app, {})).toBeUndefined();
    expect(await readdir(own)).toEqual(['SingletonLock']);
  });

  it.skipIf(process.platform !== 'linux')(
    'is not looked for by an XDG_CONFIG_HOME that is relative, nor by the processes of the app',
    async () => {
      const env = { XDG_CONFIG_HOME: 'relative' };
      const { app, chosen } = stage();
      expect(chooseProfile(app, env, folder)).toBeUndefined();
      expect(chosen()).toBe(join(folder, '.config', 'MNIST Studio'));
      expect(env).toEqual({});
    },
  );

  it.skipIf(process.platform !== 'linux')('is in an XDG_CONFIG_HOME that is absolute', () => {
    const { app, chosen } = stage();
    expect(chooseProfile(app, { XDG_CONFIG_HOME: folder })).toBeUndefined();
    expect(chosen()).toBe(join(folder, 'MNIST Studio'));
  });
});

describe.skipIf(process.platform !== 'linux')('the folder for temporary files', () => {
  it('is refused with a sentence if no other can be used', () => {
    expect(() => repairTemporaryFolder({ TMPDIR: '/gone' }, [])).toThrow(
      'The folder for temporary files “/gone” cannot be used. Please set TMPDIR',
    );
  });

  it.each(['', 'relative', '/gone', '/dev/null'])('is replaced if it cannot be used: “%s”', (given) => {
    const env = { TMPDIR: given };
    repairTemporaryFolder(env, ['/gone', folder]);
    expect(env).toEqual({ TMPDIR: folder });
  });

  it('is replaced if its path is too long for the lock of Chromium', async () => {
    const long = join(folder, 'x'.repeat(100));
    await mkdir(long);
    const env = { TMPDIR: long };
    repairTemporaryFolder(env, [folder]);
    expect(env).toEqual({ TMPDIR: folder });
  });

  it('stays as it is otherwise', () => {
    const env = { TMPDIR: folder };
    repairTemporaryFolder(env, ['/gone']);
    expect(env).toEqual({ TMPDIR: folder });
  });
});

describe.skipIf(process.platform !== 'linux')('memory shared by processes', () => {
  it('is in files if the system has no place for it', () => {
    const { app, switches } = stage(folder);
    repairSharedMemory(app, join(folder, 'gone'));
    expect(switches).toEqual(['disable-dev-shm-usage']);
  });

  it('is where the system has it otherwise', () => {
    const { app, switches } = stage(folder);
    repairSharedMemory(app, folder);
    expect(switches).toEqual([]);
  });
});
