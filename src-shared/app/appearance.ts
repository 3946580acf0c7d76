// What a person can choose about the app's appearance: theme, contrast and zoom.
import * as z from 'zod';

export const themeSchema = z.enum(['system', 'light', 'dark']);
export type Theme = z.infer<typeof themeSchema>;

export const contrastSchema = z.enum(['system', 'more']);
export type Contrast = z.infer<typeof contrastSchema>;

/** The same steps as in a browser. */
export const ZOOM_STEPS = [0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3] as const;

/** The next zoom step in a direction, or the same zoom if there is none. @param zoom 1 is the designed size */
export function nextZoom(zoom: number, direction: 'in' | 'out'): number {
  const next =
    direction === 'in'
      ? ZOOM_STEPS.find((step) => step > zoom + 1e-3)
      : [...ZOOM_STEPS].reverse().find((step) => step < zoom - 1e-3);
  return next ?? zoom;
}
