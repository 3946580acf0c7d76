import { expect, it } from 'vitest';
import { withModifier } from '../../../../src-renderer/ui/keys';

it('Ctrl, Alt and Cmd are modifiers', () => {
  expect(
    [{ ctrlKey: true }, { metaKey: true }, { altKey: true }, {}].map((pressed) =>
      withModifier({ ctrlKey: false, metaKey: false, altKey: false, ...pressed }),
    ),
  ).toEqual([true, true, true, false]);
});
