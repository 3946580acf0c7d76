// Keeps notices for the next page: those that are still true, and those that were sent while no page was open.
import type { Notice } from '../../src-shared/contract';
import { assertNever } from '../../src-shared/errors';

export class StandingNotices {
  private readonly standing = new Map<string, Notice>();
  private missed: Notice[] = [];
  private pageListens = false;
  private pages = 0;

  /** A different number for each page that has loaded. */
  get page(): number {
    return this.pages;
  }

  /** Must be called with every notice, in order. */
  add(notice: Notice): void {
    switch (notice.kind) {
      case 'queue':
        this.standing.delete('queue');
        if (notice.waiting > 0) this.standing.set('queue', notice);
        break;
      case 'run-not-saved':
        this.standing.set(`not saved: ${notice.id}`, notice);
        break;
      case 'run-saved':
        this.standing.delete(`not saved: ${notice.id}`);
        break;
      case 'run-changed': {
        // The stored run that the page shows: the newest that was trained or opened.
        const shown = this.standing.get('shown');
        if (notice.session !== undefined && !(shown?.kind === notice.kind && shown.session! > notice.session))
          this.standing.set('shown', notice);
        break;
      }
      case 'warning':
        if (!this.pageListens) this.missed.push(notice);
        break;
      // Not kept: these are part of the start info, or are requested by a page that loads, or are repeated soon, or are
      // for the open page only.
      case 'trainer-lost':
      case 'contrast':
      case 'runs-changed':
      case 'menu':
      case 'open-recent':
      case 'open-given':
      case 'network-work':
        break;
      default:
        assertNever(notice);
    }
  }

  pageGone(): void {
    this.pageListens = false;
    this.pages++;
  }

  /** Called when a new page listens. @returns the notices that it needs */
  takeForNewPage(): Notice[] {
    const { missed } = this;
    this.missed = [];
    this.pageListens = true;
    return [...this.standing.values(), ...missed];
  }
}
