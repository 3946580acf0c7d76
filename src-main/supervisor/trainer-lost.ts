// The failure that a person sees when the trainer process has died.
import type { Checkpoint } from '../../src-shared/runs/checkpoint';
import type { Failure } from '../../src-shared/errors';

/** @param checkpoint of the last finished epoch, which main still has */
export function trainerLost(exitCode: number, wasTraining: boolean, checkpoint: Checkpoint | undefined): Failure {
  const what = wasTraining ? 'Training was cut off: the training process' : 'The training process';
  const kept = checkpoint ? ` The weights of epoch ${checkpoint.result.epoch} are kept and can be exported.` : '';
  return {
    code: 'trainer-lost',
    message: `${what} ended unexpectedly (exit code ${exitCode}).${kept} You can start again.`,
  };
}
