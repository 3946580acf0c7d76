// The utility process: ports in, session out. The only file of the trainer that knows Electron.
import type { MessagePortMain } from 'electron';
import type { Order, Report } from '../../src-shared/contract';
import { Session } from './session';

const { parentPort } = process;

const session = new Session(
  (report: Report) => parentPort.postMessage(report),
  () => performance.now(),
  () => process.memoryUsage().rss,
);

parentPort.on('message', ({ data, ports }: { data: Order; ports: MessagePortMain[] }) => {
  ports[0]?.start();
  session.handle(data, ports[0]);
});
