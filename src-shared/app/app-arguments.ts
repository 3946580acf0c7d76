// The arguments of commands about the app itself and its window: a part of the table in contract.ts.
import * as z from 'zod';
import { MAIN_COMMAND_IDS, PAGE_COMMAND_IDS } from './app-commands';

/** Runs a command of the native menu that the main process carries out. */
export const doInMain = z.strictObject({ id: z.enum(MAIN_COMMAND_IDS) });

/** The commands that the page can carry out now: the native menu disables the others. */
export const offer = z.strictObject({ commands: z.array(z.enum(PAGE_COMMAND_IDS)).max(PAGE_COMMAND_IDS.length) });

/** A file name without its suffix, never a path. */
const FILE_NAME = z.string().regex(/^[\w -]{1,80}$/);

/** Opens the save dialog, then writes a rectangle of the window as a PNG. In CSS pixels: main knows the zoom. */
export const savePicture = z.strictObject({
  name: FILE_NAME,
  x: z.number().min(0),
  y: z.number().min(0),
  width: z.number().positive().max(32_768),
  height: z.number().positive().max(32_768),
});

/** Opens the save dialog, then writes a table as CSV, a drawing as SVG or a report as HTML. */
export const saveText = z.strictObject({
  kind: z.enum(['table', 'drawing', 'report']),
  name: FILE_NAME,
  text: z.string().max(100_000_000),
});

export const copyText = z.strictObject({ text: z.string().max(100_000) });
