// The stylesheet's colours and type, for what is drawn on a canvas. Defines no colours of its own.
import { MediaQuery } from 'svelte/reactivity';
import { moreContrast } from '../ui/appearance.svelte';

export interface Theme {
  paper: string;
  ink: string;
  muted: string;
  line: string;
  lineStrong: string;
  accent: string;
  train: string;
  validation: string;
  weightNegative: string;
  weightPositive: string;
  mistake: string;
  panel: string;
  /** Of the classes, in order. Further classes start again from the first. */
  classes: string[];
  fontFamily: string;
  smallText: number;
}

const CLASS_COLORS = 10;

const dark = new MediaQuery('(prefers-color-scheme: dark)');

let cached: { key: string; theme: Theme } | undefined;

/** Reactive: an effect that reads it runs again when the colours change. */
export function readTheme(): Theme {
  const key = `${dark.current} ${moreContrast()}`;
  if (cached?.key !== key) cached = { key, theme: computeTheme() };
  return cached.theme;
}

/** The theme where an element is, and by how much small text is larger there than in the rest of the page. */
export function themeAt(element: Element): Theme & { scale: number } {
  const theme = readTheme();
  const smallText = Number.parseFloat(getComputedStyle(element).getPropertyValue('--small'));
  return { ...theme, smallText, scale: smallText / theme.smallText };
}

function computeTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return {
    paper: token('--paper'),
    ink: token('--ink'),
    muted: token('--muted'),
    line: token('--line'),
    lineStrong: token('--line-strong'),
    accent: token('--accent'),
    train: token('--train'),
    validation: token('--validation'),
    weightNegative: token('--weight-negative'),
    weightPositive: token('--weight-positive'),
    mistake: token('--mistake'),
    panel: token('--panel'),
    classes: Array.from({ length: CLASS_COLORS }, (_, k) => token(`--class-${k}`)),
    fontFamily: token('--font'),
    smallText: Number.parseFloat(token('--small')),
  };
}
