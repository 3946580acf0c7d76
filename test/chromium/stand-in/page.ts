// The other side of the stand-in: the page in Chromium, held by the process that runs the test.
import { connectCalls } from '../calls';
import type { MainSide, PageSide } from '../sides';

let main: MainSide | undefined;
const notYet = () => {
  throw new Error('The app’s main process has not started yet.');
};

const { call } = connectCalls<PageSide>(
  {
    send: (message) => void (process.connected && process.send!(message, () => undefined)),
    onMessage: (listener) => void process.on('message', listener as (message: unknown) => void),
  },
  {
    invoke: (...args: Parameters<MainSide['invoke']>) => (main ?? notYet()).invoke(...args),
    evaluate: (...args: Parameters<MainSide['evaluate']>) => (main ?? notYet()).evaluate(...args),
    pageEvent: (...args: Parameters<MainSide['pageEvent']>) => main?.pageEvent(...args),
  },
);

export const page = { call };

export function answerPage(side: MainSide): void {
  main = side;
}

// The test has ended.
process.on('disconnect', () => process.exit(0));
