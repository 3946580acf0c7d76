// The packaged app, unpacked into a folder of its own and started as a desktop would start it.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DevToolsPage } from './devtools-page';

export const DIST = path.resolve(import.meta.dirname, '../../dist');
const ENTRIES = 'usr/share/applications';

export interface Installed {
  /** With the app's files. */
  folder: string;
  executable: string;
  /** The whole tree that the package installs. */
  root: string;
  /** Of the desktop entry; names are those of its keys. */
  entry: Record<string, string>;
  entryFile: string;
  remove: () => Promise<void>;
}

/** Throws where there is no Debian package in dist/. */
export async function unpackDeb(): Promise<Installed> {
  const deb = (await readdir(DIST)).find((name) => name.endsWith('.deb'));
  if (!deb) throw new Error('There is no Debian package in dist/. Please run npm run package first.');
  const root = await mkdtemp(path.join(os.tmpdir(), 'mnist-studio-installed-'));
  execFileSync('dpkg-deb', ['-x', path.join(DIST, deb), root]);
  const entryFile = path.join(root, ENTRIES, (await readdir(path.join(root, ENTRIES)))[0]!);
  const lines = (await readFile(entryFile, 'utf8')).split('\n').filter((line) => line.includes('='));
  const entry = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
  const executable = path.join(root, /^"([^"]+)" %U$/.exec(entry['Exec']!)![1]!);
  return {
    folder: path.dirname(executable),
    executable,
    root,
    entry,
    entryFile,
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

/** The other way out of dist/: unpacked, with no desktop entry. @returns the app's folder, in one to be removed */
export async function unpackTar(): Promise<{ folder: string; root: string }> {
  const archive = (await readdir(DIST)).find((name) => name.endsWith('.tar.gz'));
  if (!archive) throw new Error('There is no .tar.gz in dist/. Please run npm run package first.');
  const root = await mkdtemp(path.join(os.tmpdir(), 'mnist-studio-unpacked-'));
  execFileSync('tar', ['-xzf', path.join(DIST, archive), '-C', root]);
  return { folder: path.join(root, path.basename(archive, '.tar.gz')), root };
}

export interface Started {
  page: DevToolsPage;
  /** What it has written until now. */
  output: () => string;
  close: () => Promise<void>;
}

/** By its own program, from its own folder; driven through Chromium's port, since the one of Node is closed. */
export async function startInstalled(
  { executable, folder }: Installed,
  { args = [], env = {} }: { args?: string[]; env?: Record<string, string> } = {},
): Promise<Started> {
  const profile = await mkdtemp(path.join(os.tmpdir(), 'mnist-studio-profile-'));
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(executable, [...sandbox, `--user-data-dir=${profile}`, '--remote-debugging-port=0', ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const append = (chunk: Buffer) => (text += chunk.toString());
  child.stdout.on('data', append);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const port = await new Promise<string>((resolve, reject) => {
    child.stderr.on('data', (chunk: Buffer) => {
      append(chunk);
      const found = /DevTools listening on ws:\/\/[^:]+:(\d+)\//.exec(text);
      if (found) resolve(found[1]!);
    });
    child.once('exit', (code) => reject(new Error(`The app ended with ${code} before it opened.`)));
    child.once('error', reject);
  });
  const page = await DevToolsPage.connect(Number(port));
  return {
    page,
    output: () => text,
    async close() {
      page.close();
      child.kill();
      await ended;
      await rm(profile, { recursive: true, force: true });
    },
  };
}
