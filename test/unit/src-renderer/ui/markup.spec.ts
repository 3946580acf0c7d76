import { expect, it } from 'vitest';
import { escapeMarkup } from '../../../../src-renderer/ui/markup';
import { EVIL } from '../../../fixtures/markup';

it('escapes every character that could be markup and removes control characters', () => {
  expect(escapeMarkup(EVIL)).toBe('&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot;&amp;');
});
