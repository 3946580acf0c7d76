import { describe, expect, it } from 'vitest';
import { extendCommand, stepCommand } from '../../../../src-renderer/client/steps';
import type { Phase, Run } from '../../../../src-renderer/client/training';
import { PLAIN_SETTINGS } from '../../../../src-shared/settings/presets';
import type { Settings } from '../../../../src-shared/settings/settings';

const settings: Settings = { ...PLAIN_SETTINGS, hidden: [256] };
const run = (phase: Phase): Run => ({ phase }) as Run;

describe('one batch or one epoch', () => {
  it('is refused during a run, without a trainer, and with an error in the settings', () => {
    expect(stepCommand(run('running'), false, settings, 'batch')).toBe('Pause first');
    expect(stepCommand(undefined, true, settings, 'batch')).toContain('trainer is gone');
    expect(stepCommand(undefined, false, undefined, 'epoch')).toContain('out of range');
  });

  it('starts a run, resumes a paused one, or adds an epoch to one that has ended', () => {
    expect(stepCommand(undefined, false, settings, 'batch')).toEqual({ kind: 'train', settings, until: 'batch' });
    expect(stepCommand(run('failed'), false, settings, 'epoch')).toEqual({ kind: 'train', settings, until: 'epoch' });
    expect(stepCommand(run('paused'), false, undefined, 'epoch')).toEqual({ kind: 'resume', until: 'epoch' });
    for (const phase of ['completed', 'stopped', 'early'] as const) {
      expect(stepCommand(run(phase), false, settings, 'batch')).toEqual({ kind: 'extend', epochs: 1, until: 'batch' });
    }
  });
});

describe('more epochs', () => {
  it('are refused without a run that can be extended, and out of range', () => {
    expect(extendCommand(undefined, false, 5)).toContain('Train first');
    expect(extendCommand(run('lost'), false, 5)).toContain('cut off');
    for (const epochs of [0, 1.5, NaN, 1001])
      expect(extendCommand(run('completed'), false, epochs)).toContain('from 1 to 1000');
  });

  it('are added to an active run and to one that has ended', () => {
    for (const phase of ['running', 'paused', 'completed', 'stopped', 'early'] as const) {
      expect(extendCommand(run(phase), false, 5)).toEqual({ kind: 'extend', epochs: 5, until: 'end' });
    }
  });
});
