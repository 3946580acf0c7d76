// Errors for a person to read. They cross processes as { code, message }. The message says what was wrong, what was
// expected and what to do, and names the file if there is one.

export const ERROR_CODES = [
  'folder-unreadable',
  'file-missing',
  'file-unreadable',
  'not-idx',
  'file-truncated',
  'counts-differ',
  'sizes-differ',
  'label-out-of-range',
  'too-large',
  'too-many-classes',
  'class-names-wrong',
  'settings-refused',
  'no-dataset',
  'no-network',
  'training-diverged',
  'export-failed',
  'run-not-saved',
  'run-unreadable',
  'engine-failed',
  'trainer-lost',
  'busy',
  'refused',
  'unexpected',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** What processes send each other instead of an Error. */
export interface Failure {
  code: ErrorCode;
  message: string;
}

export class StudioError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'StudioError';
  }
}

/** Keeps the message of a StudioError. Any other error is a bug, and the message says that it was unexpected. */
export function toFailure(error: unknown): Failure {
  if (error instanceof StudioError) return { code: error.code, message: error.message };
  const reason = error instanceof Error ? error.message : String(error);
  return { code: 'unexpected', message: `Something unexpected went wrong: ${reason}. Please try again.` };
}

/** Makes the compiler report a forgotten case of a union. */
export function assertNever(value: never): never {
  throw new Error(`A message of an unknown kind arrived: ${JSON.stringify(value)}`);
}
