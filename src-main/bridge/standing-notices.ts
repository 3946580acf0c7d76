// Notices that a page which has just loaded must get too: what they tell is still true, or no page was there to hear
// it.
import type { Notice } from '../../src-shared/contract';
import { assertNever } from '../../src-shared/errors';

export class StandingNotices {
  private readonly standing = new Map<string, Notice>();
  private unheard: Notice[] = [];
  private pageListens = false;
  private pages = 0;

  /** Another number for each page that has loaded. */
  get page(): number {
    return this.pages;
  }

  /** To be called with every notice, in their order. */
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
      case 'warning':
        if (!this.pageListens) this.unheard.push(notice);
        break;
      // The start info tells these, or the page asks for them when it loads, or they come again soon, or they mean the
      // page that is there.
      case 'trainer-lost':
      case 'contrast':
      case 'run-changed':
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

  /** The page is gone. */
  pageGone(): void {
    this.pageListens = false;
    this.pages++;
  }

  /** What a page that listens from now on is to be told. */
  takeForNewPage(): Notice[] {
    const { unheard } = this;
    this.unheard = [];
    this.pageListens = true;
    return [...this.standing.values(), ...unheard];
  }
}
