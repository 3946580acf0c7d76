// Sends notices to the page of the window. Notices that the next page needs too are kept for it.
import type { BrowserWindow } from 'electron';
import { CHANNELS } from '../../src-shared/channels';
import type { Notice } from '../../src-shared/contract';
import { StandingNotices } from './standing-notices';

export class PageNotices {
  private readonly standing = new StandingNotices();

  constructor(private readonly window: BrowserWindow) {}

  /** A different number for each page that has loaded. */
  get page(): number {
    return this.standing.page;
  }

  notify(notice: Notice): void {
    this.standing.add(notice);
    this.send(notice);
  }

  pageGone(): void {
    this.standing.pageGone();
  }

  /** Called once a new page listens. */
  sendStanding(): void {
    this.standing.takeForNewPage().forEach((notice) => this.send(notice));
  }

  private send(notice: Notice): void {
    const { window } = this;
    if (!window.isDestroyed() && !window.webContents.isCrashed()) window.webContents.send(CHANNELS.notice, notice);
  }
}
