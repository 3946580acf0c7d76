// The names of the wires between the processes; apart from the contract, since page and preload script need nothing
// else of it at run time.

export const CHANNELS = { command: 'command', notice: 'notice', trainerPort: 'trainer-port' } as const;
