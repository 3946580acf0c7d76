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

/** The rules whose result depends on the look. The others see the same page in each of them. */
const RULES_OF_COLOR = ['color-contrast', 'link-in-text-block'];

/**
 * Asks all rules in the first look, and those of colour in each.
 * @returns "dark start: color-contrast at .muted: …" for everything that axe finds
 */
export async function violations(page: Page, view: string, looks: readonly Look[]): Promise<string[]> {
  const found: string[] = [];
  for (const [k, look] of looks.entries()) {
    const rules = k === 0 ? undefined : RULES_OF_COLOR;
    // Colours that are on their way from one to the other have a contrast of their own.
    await page.emulateMedia({ ...look, reducedMotion: 'reduce' });
    const results = await page.evaluate((runOnly) => {
      const { axe } = globalThis as unknown as { axe: { run(root: Document, options: object): Promise<AxeResults> } };
      // Stylesheets of other origins: there are none, and the Content-Security-Policy lets nothing be fetched.
      return axe.run(document, { preload: false, ...(runOnly && { runOnly }) });
    }, rules);
    expect(results.passes.length).toBeGreaterThan(k === 0 ? 10 : 0);
    for (const { id, nodes } of results.violations) {
      for (const { target, failureSummary } of nodes)
        found.push(`${Object.values(look).join(' ')} ${view}: ${id} at ${String(target)}: ${failureSummary}`);
    }
  }
  return found;
}
