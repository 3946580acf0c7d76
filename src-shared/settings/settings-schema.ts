// The checks of settings.ts as zod schemas, for settings from another process or from a file.
import * as z from 'zod';
import { LIVE_FIELDS, numberFault, settingsFaults, type Activation, type LiveChanges, type Settings } from './settings';
import { CHOICE_FIELDS } from './settings-fields';

export const settingsSchema = z.unknown().transform((value, { issues }): Settings => {
  const faults = settingsFaults(value);
  for (const { field, message } of faults)
    issues.push({ code: 'custom', input: value, path: field === '' ? [] : [field], message });
  return faults.length > 0 ? z.NEVER : (value as Settings);
});

export const activationSchema = z.enum(Object.keys(CHOICE_FIELDS.activation.options) as Activation[]);

const liveFields = LIVE_FIELDS.map(
  (name) =>
    [
      name,
      z
        .custom<number>((value) => numberFault(name, value) === undefined, {
          error: ({ input }) => numberFault(name, input),
        })
        .optional(),
    ] as const,
);
export const liveChangesSchema: z.ZodType<LiveChanges> = z.strictObject(Object.fromEntries(liveFields));

export function firstMessage(error: z.ZodError): string {
  return error.issues[0]!.message;
}
