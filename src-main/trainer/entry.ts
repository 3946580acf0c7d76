// Entry of the utility process: connects its ports to a session. The only file of the trainer that imports Electron.
import { constants, setPriority } from 'node:os';
import type { MessagePortMain } from 'electron';
import type { Order, Report } from '../../src-shared/contract';
import { Session } from './session';

const { parentPort } = process;

try {
  // Training must not freeze the machine. Threads inherit the priority.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
} catch {
  // Not allowed everywhere, and training works without it.
}

// Newer versions of Electron only warn of these, but main had better restart a trainer whose state is unknown.
process.on('unhandledRejection', (reason) => {
  throw reason;
});

// Ctrl+C in a terminal reaches all of its processes. The main process decides what to do, and ends this one.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);

const session = new Session(
  (report: Report) => parentPort.postMessage(report),
  () => performance.now(),
  () => process.memoryUsage().rss,
);

parentPort.on('message', ({ data, ports }: { data: Order; ports: MessagePortMain[] }) => {
  ports[0]?.start();
  session.handle(data, ports[0]);
});
