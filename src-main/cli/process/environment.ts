// What a command needs of the process that it runs in: Node's own here, a utility process in the installed app.
import type { Simd } from '../../trainer/engine/wasm/kernels';
import type { Invocation } from './invocation';

export interface CommandStream {
  write(text: string): unknown;
  /** True on a terminal, where a bar can be drawn. */
  isTTY?: boolean;
}

export interface CommandEnvironment {
  /** How a person starts the commands, for help pages and sentences. */
  invocation: Invocation;
  stdout: CommandStream;
  stderr: CommandStream;
  /** Folder with the MNIST that is packed with the app. */
  builtinFolder: string;
  /** The build of the kernels to use; this process is set up for it. A trial of a second may come first. */
  chooseKernels(): Promise<Simd>;
  /** Calls stop on Ctrl+C. Until this is called, Ctrl+C ends the process. */
  onInterrupt(stop: () => void): void;
}

/** @returns the exit code. Throws UsageError for wrong options, StudioError for what a person can mend. */
export type Command = (args: string[], environment: CommandEnvironment) => Promise<number>;
