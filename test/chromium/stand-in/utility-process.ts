// Electron's utilityProcess: a child of Node, with V8's flags where they are given.
import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import path from 'node:path';
import type { Readable } from 'node:stream';
import type { ForkOptions } from 'electron';
import { app } from './app';
import { page } from './page';
import type { Port } from './ports';
import type { FromHost } from './utility-host';

/** How Electron passes V8's flags to one process. */
const FLAGS = '--js-flags=';

export class UtilityProcess extends EventEmitter {
  readonly pid: number | undefined;
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
  private readonly child: ChildProcess;

  constructor(
    file: string,
    args: string[],
    { serviceName = 'Node Utility Process', execArgv = [], env = process.env, stdio }: ForkOptions,
  ) {
    super();
    const flags = execArgv.flatMap((flag) =>
      flag.startsWith(FLAGS) ? flag.slice(FLAGS.length).split(/[ ,]+/) : [flag],
    );
    const host = path.join(__dirname, 'utility-host.cjs');
    const output = stdio === 'ignore' || stdio === 'pipe' ? stdio : 'inherit';
    this.child = spawn(process.execPath, [...flags, host, file, ...args], {
      env: { ...env },
      stdio: ['ignore', output, output, 'ipc'],
      serialization: 'advanced',
    });
    this.pid = this.child.pid;
    this.stdout = this.child.stdout;
    this.stderr = this.child.stderr;
    const metrics = { pid: this.pid!, type: 'Utility', name: serviceName };
    app.children.add(metrics);
    this.child.on('spawn', () => this.emit('spawn'));
    this.child.on('message', (message: FromHost) => this.onMessage(message));
    this.child.on('exit', (code, signal) => {
      app.children.delete(metrics);
      if (code !== 0)
        app.emit(
          'child-process-gone',
          {},
          { type: 'Utility', name: serviceName, reason: signal ? 'killed' : 'crashed', exitCode: code ?? 1 },
        );
      this.emit('exit', code ?? 1);
    });
  }

  private onMessage(message: FromHost): void {
    if ('port' in message) void page.call('deliver', message.port, message.data);
    else this.emit('message', message.data);
  }

  postMessage(data: unknown, ports: Port[] = []): void {
    if (this.child.connected) this.child.send({ data, ports: ports.map(({ id }) => id) });
  }

  kill = () => this.child.kill();
}

export const utilityProcess = {
  fork: (file: string, args: string[] = [], options: ForkOptions = {}) => new UtilityProcess(file, args, options),
};
