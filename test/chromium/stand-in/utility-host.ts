// Runs in the utility process before the app's own file: gives it the parentPort that Electron would.
import { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';

export type FromHost = { data: unknown } | { port: number; data: unknown };

interface FromMain {
  data: unknown;
  ports: number[];
}

const send = (message: FromHost) => void (process.connected && process.send!(message, () => undefined));

/** The end of a channel to the page, which only this process writes to. */
class PortToPage extends EventEmitter {
  constructor(private readonly id: number) {
    super();
  }

  start = () => undefined;
  close = () => undefined;
  postMessage = (data: unknown) => send({ port: this.id, data });
}

const parentPort = Object.assign(new EventEmitter(), {
  postMessage: (data: unknown) => send({ data }),
  start: () => undefined,
});
Object.assign(process, { parentPort });
process.on(
  'message',
  ({ data, ports }: FromMain) =>
    void parentPort.emit('message', { data, ports: ports.map((id) => new PortToPage(id)) }),
);
process.on('disconnect', () => process.exit(0));

// As if Node had been started with the file: its arguments begin behind it.
process.argv.splice(1, 1);
createRequire(__filename)(process.argv[1]!);
