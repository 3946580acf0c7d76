import { describe, expect, it } from 'vitest';
import { adviceFor } from '../../../../src-renderer/training/advice';
import type { RunFacts } from '../../../../src-renderer/training/run-facts';
import { settingsFaults } from '../../../../src-shared/settings/settings';
import recordings from '../../../fixtures/advice/recordings.json';
import { factsOf, RECORDED, type Recording } from '../../../fixtures/advice/runs';

const runs = Object.entries(RECORDED).map(([name, { settings, wrong }]) => ({
  name,
  wrong,
  facts: factsOf(settings, (recordings as unknown as Record<string, Recording>)[name]!),
}));

describe('runs that go well', () => {
  it.each(runs.filter(({ wrong }) => wrong === undefined))('says nothing at any epoch of: $name', ({ facts }) => {
    expect(facts.length).toBeGreaterThan(4);
    expect(facts.map((after) => adviceFor(after))).toEqual(facts.map(() => undefined));
  });
});

describe('runs that fail in a known way', () => {
  it.each(runs.filter(({ wrong }) => wrong !== undefined))(
    'says what is wrong at the end of: $name',
    ({ wrong, facts }) => {
      const said = facts.flatMap((after) => adviceFor(after)?.id ?? []);
      expect(said.at(-1)).toBe(wrong);
      expect(adviceFor(facts.at(-1)!)?.id).toBe(wrong);
      // Until it is sure it says nothing, never something else.
      expect([...new Set(said)]).toEqual([wrong]);
    },
  );

  it('advises settings that are valid and differ from those of the run', () => {
    for (const { facts } of runs) {
      const { settings } = facts.at(-1)!;
      const advice = adviceFor(facts.at(-1)!);
      if (!advice) continue;
      expect(settingsFaults({ ...settings, ...advice.fields })).toEqual([]);
      expect({ ...settings, ...advice.fields }).not.toEqual(settings);
      expect(advice.says.length).toBeLessThan(140);
    }
  });
});

describe('a run of which little is known', () => {
  it('is not advised before its second epoch unless it failed or its units died', () => {
    const fresh: RunFacts[] = runs.map(({ facts }) => ({ ...facts[0]!, dead: 0, failure: undefined }));
    expect(fresh.map(adviceFor)).toEqual(fresh.map(() => undefined));
  });

  it('is not told of memorizing while early stopping watches over it', () => {
    const last = runs.find(({ name }) => name === 'memorizes')!.facts.at(-1)!;
    expect(adviceFor({ ...last, settings: { ...last.settings, patience: 3 } })).toBeUndefined();
  });
});
