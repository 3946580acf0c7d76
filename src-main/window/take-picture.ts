// Captures a part of the window as a picture.
import type { BrowserWindow } from 'electron';
import { StudioError } from '../../src-shared/errors';
import { captureArea, type Rectangle } from './picture';

/**
 * @param part of the page, in CSS pixels
 * @returns a PNG at the resolution of the screen. Throws export-failed if no part of it is in the window.
 */
export async function takePicture(window: BrowserWindow, part: Rectangle): Promise<Uint8Array> {
  const [width, height] = window.getContentSize() as [number, number];
  const area = captureArea(part, window.webContents.getZoomFactor(), { width, height });
  if (!area)
    throw new StudioError(
      'export-failed',
      'No picture was taken: no part of this view is visible. Please make the window larger, or scroll ' +
        'to the view.',
    );
  return (await window.webContents.capturePage(area)).toPNG();
}
