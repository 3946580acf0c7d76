// Decides whether a message comes from the app's own page.
import { isAppAddress } from './app-address';

/** What is needed of Electron's WebFrameMain. */
export interface Frame {
  readonly url: string;
}

/**
 * True for the main frame of the window while it shows the app's own page. Electron gives null for a frame that is
 * gone.
 */
export function isAppPage(frame: Frame | null, window: { readonly mainFrame: Frame }): boolean {
  return frame !== null && frame === window.mainFrame && isAppAddress(frame.url);
}
