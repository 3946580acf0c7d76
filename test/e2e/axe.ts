// axe in the page: what it finds there that keeps people with other senses and other hands out.
import { expect, type Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What a person may have asked the system for. */
export type Look = NonNullable<Parameters<Page['emulateMedia']>[0]>;

/** Call it again after the page was reloaded. */
export async function loadAxe(page: Page): Promise<void> {
  await page.evaluate(AXE);
}

/** @returns "dark start: color-contrast at .muted: …" for everything that axe finds in any of the looks */
export async function violations(page: Page, view: string, looks: readonly Look[]): Promise<string[]> {
  const found: string[] = [];
  for (const look of looks) {
    // Colours that are on their way from one to the other have a contrast of their own.
    await page.emulateMedia({ ...look, reducedMotion: 'reduce' });
    const results = await page.evaluate(() => {
      const { axe } = globalThis as unknown as { axe: { run(root: Document, options: object): Promise<AxeResults> } };
      // Stylesheets of other origins: there are none, and the Content-Security-Policy lets nothing be fetched.
      return axe.run(document, { preload: false });
    });
    expect(results.passes.length).toBeGreaterThan(10);
    for (const { id, nodes } of results.violations) {
      for (const { target, failureSummary } of nodes)
        found.push(`${Object.values(look).join(' ')} ${view}: ${id} at ${String(target)}: ${failureSummary}`);
    }
  }
  return found;
}
