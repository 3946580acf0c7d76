// The errors for a network that is too large for the memory: an array could not be created, or the system ended the
// process.
import { basename } from 'node:path';
import { StudioError } from '../../src-shared/errors';
import type { Job } from './messages';

export function outOfMemory(job: Pick<Job, 'kind' | 'file'>): StudioError {
  const name = basename(job.file);
  return job.kind === 'export'
    ? new StudioError(
        'export-failed',
        `The weights could not be written to ${name}: there was probably not enough memory for this network. ` +
          `Nothing was changed. ${CLOSE}, or choose another format.`,
      )
    : new StudioError(
        'too-large',
        `${name} could not be read: there was probably not enough memory for this network. ${CLOSE}, or choose a ` +
          'smaller network.',
      );
}

const CLOSE = 'Please close other programs and try again';
