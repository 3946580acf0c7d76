import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lonelyComponents, MOST_COLUMNS, MOST_FILES, MOST_LINES, tooLarge } from '../../../build/house/check.mjs';
import { wrongDirections } from '../../../build/house/directions.mjs';
import { circleThrough, importsOf } from '../../../build/house/imports.mjs';

describe('an import is refused', () => {
  it.each([
    ['src-shared/nn/linear.ts', 'src-shared/settings/settings.ts', /mathematics/],
    ['src-shared/runs/runs.ts', 'src-shared/contract.ts', /contract imports the shapes/],
    ['src-shared/errors.ts', 'node:fs', /nothing but zod/],
    ['src-renderer/map/MapTab.svelte', 'src-main/trainer/data/idx/idx.ts', /knows only src-shared/],
    ['src-renderer/main.ts', 'electron', /knows only src-shared/],
    ['src-renderer/ui/Dialog.svelte', 'src-renderer/client/training.ts', /nothing of the app/],
    ['src-renderer/charts/theme.ts', 'src-renderer/runs/index.ts', /Pass the data/],
    ['src-renderer/client/training.ts', 'src-renderer/mistakes/index.ts', /below the rooms/],
    ['src-renderer/draw/DrawTab.svelte', 'src-renderer/shell/App.svelte', /does not know the shell/],
    ['src-renderer/draw/DrawTab.svelte', 'src-renderer/network/forward.ts', /only what its index.ts exports/],
    ['src-renderer/shell/Workspace.svelte', 'src-renderer/runs/RunsTab.svelte', /only what its index.ts exports/],
    ['src-main/main.ts', 'src-renderer/main.ts', /do not know the page/],
    ['src-main/files/user-file.ts', 'src-main/runs/run-store.ts', /nothing of the app/],
    ['src-main/formats/npz/read.ts', 'src-main/trainer/session.ts', /also on the command line/],
    ['src-main/trainer/engine/engine.ts', 'src-main/trainer/run/run-plan.ts', /batches and weights/],
    ['src-main/trainer/session.ts', 'electron', /without Electron/],
    ['src-main/window/menu.ts', 'src-main/bridge/commands.ts', /above the other rooms/],
    ['src-main/supervisor/trainer-supervisor.ts', 'src-main/runs/run-store.ts', /no store of runs/],
  ])('of %s from %s', (file, target, message) => {
    expect(wrongDirections(file, target).join(' ')).toMatch(message);
  });
});

it.each([
  ['src-renderer/draw/DrawTab.svelte', 'src-renderer/network/index.ts'],
  ['src-renderer/draw/DrawTab.svelte', 'src-renderer/draw/ink.ts'],
  ['src-renderer/shell/tab-code.ts', 'src-renderer/runs/RunsTab.svelte'],
  ['src-renderer/map/MapTab.svelte', 'src-shared/nn/softmax.ts'],
  ['src-main/trainer/entry.ts', 'electron'],
  ['src-shared/contract.ts', 'src-shared/runs/runs.ts'],
])('%s may import %s', (file, target) => {
  expect(wrongDirections(file, target)).toEqual([]);
});

describe('circles of imports', () => {
  let folder: string;
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'mnist-studio-house-'))));
  afterEach(() => rm(folder, { recursive: true }));

  async function write(files: Record<string, string>): Promise<void> {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
  }

  it('are found through components, indices, types and imports that load later', async () => {
    await write({
      'a.ts': "import type { B } from './rooms';",
      'rooms/index.ts': "export { default as B } from './B.svelte';",
      'rooms/B.svelte': "<script>const c = import('../c.svelte');</script>",
      'c.svelte.ts': "import './a';",
    });
    const names = ['a.ts', 'rooms/index.ts', 'rooms/B.svelte', 'c.svelte.ts', 'a.ts'];
    const [file, first] = names.map((name) => join(folder, name));
    expect(circleThrough(file, first, importsOf)).toEqual(names.map((name) => join(folder, name)));
  });

  it('are not seen where there are none', async () => {
    await write({ 'a.ts': "import { b } from './b';\nimport 'zod';", 'b.ts': 'export const b = 1;' });
    expect(circleThrough(join(folder, 'a.ts'), join(folder, 'b.ts'), importsOf)).toBeUndefined();
  });
});

describe('too large is', () => {
  it('a file, a line and a folder above their limits, and nothing at them', () => {
    const folder = (count: number) => Array.from({ length: count }, (_, k) => [`src-main/a/${k}.ts`, 'x\n']);
    const file = (lines: number, columns: number) => [['build/a.mjs', `${'é'.repeat(columns)}\n`.repeat(lines)]];
    expect(tooLarge([...folder(MOST_FILES), ...file(MOST_LINES, MOST_COLUMNS)])).toEqual([]);
    expect(tooLarge(folder(MOST_FILES + 1))).toEqual([expect.stringContaining('src-main/a has 26 files')]);
    expect(tooLarge(file(MOST_LINES + 1, 1))).toEqual([expect.stringContaining('build/a.mjs has 301 lines')]);
    expect(tooLarge(file(1, MOST_COLUMNS + 1))).toEqual([expect.stringContaining('build/a.mjs:1 is wider')]);
  });

  it('ui/ for a component with one user or none', () => {
    const imports = [
      ['src-renderer/ui/One.svelte', []],
      ['src-renderer/ui/Two.svelte', []],
      ['src-renderer/map/A.svelte', ['src-renderer/ui/One.svelte', 'src-renderer/ui/Two.svelte']],
      ['src-renderer/map/B.svelte', ['src-renderer/ui/Two.svelte']],
    ];
    expect(lonelyComponents(imports)).toEqual([expect.stringContaining('ui/One.svelte is used by src-renderer/map/A')]);
  });
});
