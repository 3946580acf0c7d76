// Electron's MessageChannelMain. One end goes to the page and the other to a utility process, both by the same number.

export interface Port {
  readonly id: number;
}

let channels = 0;

export class MessageChannelMain {
  private readonly id = ++channels;
  readonly port1: Port = { id: this.id };
  readonly port2: Port = { id: this.id };
}
