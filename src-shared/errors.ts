// Errors that a person may read. They cross process borders as { code, message }: the message says what was wrong, what
// was expected and what to do, and names the file where there is one.

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

/** What crosses a process border instead of an Error. */
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

/** Keeps a StudioError's sentence; anything else is a fault of ours, and is said to be one. */
export function toFailure(error: unknown): Failure {
  if (error instanceof StudioError) return { code: error.code, message: error.message };
  const reason = error instanceof Error ? error.message : String(error);
  return { code: 'unexpected', message: `Something unexpected went wrong: ${reason}. Please try again.` };
}

/** Makes the compiler complain where a case of a union was forgotten. */
export function assertNever(value: never): never {
  throw new Error(`A message of an unknown kind arrived: ${JSON.stringify(value)}`);
}
