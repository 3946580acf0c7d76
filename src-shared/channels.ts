// The names of the channels between the processes. They are not in contract.ts because the page and the preload script
// should not load zod.

export const CHANNELS = { command: 'command', notice: 'notice', trainerPort: 'trainer-port' } as const;
