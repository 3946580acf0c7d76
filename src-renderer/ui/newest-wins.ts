// Requests of which only the newest matters: one is pending at a time, and the latest of those made meanwhile is sent
// next. Pure.

export class NewestWins<Request> {
  readonly #send: (request: Request) => void;
  #pending = false;
  #next: { request: Request } | undefined;

  constructor(send: (request: Request) => void) {
    this.#send = send;
  }

  ask(request: Request): void {
    if (this.#pending) {
      this.#next = { request };
      return;
    }
    this.#pending = true;
    this.#send(request);
  }

  /** Call this when the pending request was answered, or when it is certain that it will not be. */
  answered(): void {
    this.#pending = false;
    const next = this.#next;
    this.#next = undefined;
    if (next) this.ask(next.request);
  }

  /** Drops all requests, because the receiver is gone. */
  forget(): void {
    this.#pending = false;
    this.#next = undefined;
  }
}
