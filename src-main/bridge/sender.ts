// Checks whether a message comes from the app's own page.
import { isAppAddress } from './app-address';

/** The part of Electron's WebFrameMain that is needed here. */
export interface Frame {
  readonly url: string;
}

/** True for the main frame of the window while it shows the app's own page. Electron passes null for a closed frame. */
export function isAppPage(frame: Frame | null, window: { readonly mainFrame: Frame }): boolean {
  return frame !== null && frame === window.mainFrame && isAppAddress(frame.url);
}
