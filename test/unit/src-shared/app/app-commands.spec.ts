import { expect, it } from 'vitest';
import { TABS } from '../../../../src-renderer/client/tabs';
import {
  acceleratorOn,
  COMMANDS,
  keysInWords,
  MAIN_COMMAND_IDS,
  PAGE_COMMAND_IDS,
} from '../../../../src-shared/app/app-commands';
import { nextZoom, ZOOM_STEPS } from '../../../../src-shared/app/appearance';

it('no id, label or key is used twice', () => {
  const ids = COMMANDS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const labels = COMMANDS.map(({ label }) => label);
  expect(new Set(labels).size).toBe(labels.length);
  const keys = COMMANDS.flatMap(({ keys }) => keys ?? []);
  expect(new Set(keys).size).toBe(keys.length);
});

it('every keyboard can type the key that is shown: letters, digits, and keys of the number pad', () => {
  const shown = COMMANDS.flatMap(({ keys }) => (keys ? [keys[0]!] : []));
  for (const key of shown) expect(key).toMatch(/^(CmdOrCtrl\+(Shift\+)?([A-Z0-9]|Return|Plus|-)|F\d+)$/);
});

it('no key is one that text editing needs', () => {
  const keys = COMMANDS.flatMap(({ keys }) => keys ?? []);
  for (const taken of ['A', 'C', 'V', 'X', 'Z', 'Y']) expect(keys).not.toContain(`CmdOrCtrl+${taken}`);
});

it('each command is carried out by the page or by main', () => {
  expect([...PAGE_COMMAND_IDS, ...MAIN_COMMAND_IDS].sort()).toEqual(COMMANDS.map(({ id }) => id).sort());
});

it('every tab has a command, with its number as the key', () => {
  const shown = COMMANDS.filter(({ id }) => TABS.some((tab) => id === `show-${tab.id}`));
  expect(shown.map(({ label, keys }) => [label, keys?.[0]])).toEqual(
    TABS.map(({ label }, k) => [label, `CmdOrCtrl+${k + 1}`]),
  );
});

it('keys are written in the style of each system', () => {
  const written = (mac: boolean) =>
    ['CmdOrCtrl+Shift+O', 'CmdOrCtrl+Return', 'F11', 'CmdOrCtrl+Plus'].map((keys) => keysInWords(keys, mac));
  expect(written(false)).toEqual(['Ctrl+Shift+O', 'Ctrl+Enter', 'F11', 'Ctrl++']);
  expect(written(true)).toEqual(['⇧⌘O', '⌘↩', '⌃⌘F', '⌘+']);
  expect(acceleratorOn(true, 'F11')).toBe('Ctrl+Cmd+F');
});

it('zoom goes from step to step and stops at both ends', () => {
  expect([nextZoom(1, 'in'), nextZoom(1, 'out'), nextZoom(1.05, 'in'), nextZoom(1.05, 'out')]).toEqual([
    1.1, 0.9, 1.1, 1,
  ]);
  expect([nextZoom(3, 'in'), nextZoom(0.5, 'out')]).toEqual([3, 0.5]);
  expect(ZOOM_STEPS).toContain(2);
});
