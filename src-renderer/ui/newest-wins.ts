// Requests of which only the newest matters: one is under way at a time, and of those made meanwhile the last follows
// it. Pure.

export class NewestWins<Request> {
  readonly #send: (request: Request) => void;
  #underWay = false;
  #next: { request: Request } | undefined;

  constructor(send: (request: Request) => void) {
    this.#send = send;
  }

  ask(request: Request): void {
    if (this.#underWay) {
      this.#next = { request };
      return;
    }
    this.#underWay = true;
    this.#send(request);
  }

  /** The request under way was answered, or will not be. */
  answered(): void {
    this.#underWay = false;
    const next = this.#next;
    this.#next = undefined;
    if (next) this.ask(next.request);
  }

  /** Whoever was asked is gone. */
  forget(): void {
    this.#underWay = false;
    this.#next = undefined;
  }
}
