import { describe, expect, it } from 'vitest';
import { isAppAddress, START_PAGE } from '../../../../src-main/bridge/app-address';
import { isAppPage } from '../../../../src-main/bridge/sender';

const FOREIGN = [
  'about:blank',
  'about:srcdoc',
  'data:text/html,<p>',
  'javascript:1',
  'blob:app://studio/1',
  'file:///home/me/index.html',
  'chrome-error://chromewebdata/',
  'app://other/index.html',
  'app://studio.other/index.html',
  'app://studio:80/index.html',
  'app://me@studio/index.html',
  'app://:secret@studio/index.html',
  'app:studio/index.html',
  'app:///studio/index.html',
  'apps://studio/index.html',
  'https://studio/index.html',
  'studio',
  '',
];

describe('a message is refused', () => {
  it.each(FOREIGN)('while the window shows %j', (url) => {
    const mainFrame = { url };
    expect(isAppAddress(url)).toBe(false);
    expect(isAppPage(mainFrame, { mainFrame })).toBe(false);
  });

  it('from a frame inside the page, and from one that is gone', () => {
    const mainFrame = { url: START_PAGE };
    expect(isAppPage({ url: START_PAGE }, { mainFrame })).toBe(false);
    expect(isAppPage(null, { mainFrame })).toBe(false);
  });
});

it.each([START_PAGE, `${START_PAGE}#map`, 'app://studio/assets/index.js'])(
  'a message of the app’s own page at %s is let in',
  (url) => {
    const mainFrame = { url };
    expect(isAppPage(mainFrame, { mainFrame })).toBe(true);
  },
);
