import { expect, it } from 'vitest';
import { removeMembers, withoutMembers } from '../../../build/without-members.mjs';

const CODE = 'class A {\n  keep() {}\n  drop(x) { return x; }\n}\nexport function other() { return 1; }\nother();';

it('removes methods, and makes functions fail', () => {
  const found = new Set<string>();
  expect(removeMembers(CODE, new Set(['A.drop', 'other', 'B.keep']), found)).toBe(
    "class A {\n  keep() {}\n  \n}\nexport function other() { throw Error('other'); }\nother();",
  );
  expect([...found].sort()).toEqual(['A.drop', 'other']);
});

it('lets the build fail if the package has a member no longer, and leaves other packages alone', () => {
  const plugin = withoutMembers('/p/', ['A.drop', 'A.gone']) as unknown as {
    transform: (code: string, id: string) => string | undefined;
    buildEnd: () => void;
  };
  expect(plugin.transform(CODE, '/q/index.js')).toBeUndefined();
  expect(plugin.transform(CODE, 'C:\\p\\index.js')).not.toContain('drop');
  expect(plugin.buildEnd).toThrow('/p/ has no longer: A.gone');
});
