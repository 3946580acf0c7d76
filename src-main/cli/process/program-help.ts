// What the installed app says on the command line about itself.
import { version } from '../../../package.json';
import { IMPORT_SUFFIXES } from '../../../src-shared/networks/network-formats';
import { COMMAND_NAMES } from './invocation';

/** @param program as it is typed in a shell */
export function programHelp(program: string): string {
  return `MNIST Studio ${version}: watch a neural network learn to read digits.

Usage: ${program} [file]
         Opens the window, with the network in the file if there is one:
         ${IMPORT_SUFFIXES.join(', ')}.
       ${program} train --data <folder|builtin> [options]
         Trains a network without a window.
       ${program} evaluate --model <file> --data <folder|builtin> [options]
         Reads the test images with a network from a file, without a window.
       ${program} train --help, ${program} evaluate --help
         All options of the command.
       ${program} --help, ${program} --version

A command ends with 0 when all is done, 1 when something failed, 2 when an option is wrong, 130 when it was stopped.
`;
}

export const PROGRAM_VERSION = `MNIST Studio ${version}\n`;

export function unknownCommand(word: string, program: string): string {
  return (
    `There is no command “${word}”, nor a file or folder of that name: expected ${COMMAND_NAMES.join(' or ')}. ` +
    `See ${program} --help.\n`
  );
}
