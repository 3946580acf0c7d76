// The utility process: ports in, session out. The only file of the trainer that knows Electron.
import { constants, setPriority } from 'node:os';
import type { MessagePortMain } from 'electron';
import type { Order, Report } from '../../src-shared/contract';
import { Session } from './session';

const { parentPort } = process;

try {
  // training must not freeze the machine; threads begin with it too
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
} catch {
  // Not everywhere allowed, and training works all the same.
}

// Newer versions of Electron only warn of these: a trainer in an unknown state is worse than one that main starts
// again.
process.on('unhandledRejection', (reason) => {
  throw reason;
});

// Ctrl+C in a terminal reaches every process of it: the main process decides what to do, and ends this one.
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
