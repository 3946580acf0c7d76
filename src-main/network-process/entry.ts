// Entry of the process that reads and writes files of networks: a utility process of Electron that does one job.
import type { ToProcess } from './messages';
import { serve } from './serve';

const { parentPort } = process;
const receive = serve((message) => parentPort.postMessage(message));
parentPort.on('message', ({ data }: { data: ToProcess }) => receive(data));
