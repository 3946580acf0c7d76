// The sentences for a network that is too large for the memory: an array that cannot be made, or a process that the
// system has ended.
import { basename } from 'node:path';
import { StudioError } from '../../src-shared/errors';
import type { Job } from './messages';

export function outOfMemory(job: Pick<Job, 'kind' | 'file'>): StudioError {
  const name = basename(job.file);
  return job.kind === 'export'
    ? new StudioError(
        'export-failed',
        `The weights could not be written to ${name}: the memory was probably not enough for this network. ` +
          `Nothing was changed. ${CLOSE}, or choose another format.`,
      )
    : new StudioError(
        'too-large',
        `${name} could not be read: the memory was probably not enough for this network. ${CLOSE}, or choose a ` +
          'smaller network.',
      );
}

const CLOSE = 'Please close other programs and try again';
