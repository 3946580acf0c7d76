// The process that reads and writes files of networks: a utility process of Electron, started for one job and ended
// after it.
import type { ToProcess } from './messages';
import { serve } from './serve';

const { parentPort } = process;
const receive = serve((message) => parentPort.postMessage(message));
parentPort.on('message', ({ data }: { data: ToProcess }) => receive(data));
