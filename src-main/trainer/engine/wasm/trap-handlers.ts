// Finds out if V8 has trap handlers in this process: it then notices WebAssembly accesses outside the memory by their
// page faults. If not, it compares each address with the memory's size before each access, and makes no 256-bit
// vectors.
import { readFileSync } from 'node:fs';

/** The first Electron with trap handlers in utility processes. Its fuse wasm_trap_handlers is on by default. */
const FIRST_ELECTRON = 41;
/** With trap handlers V8 reserves 8 or 10 GB of addresses for each memory. Without, only the memory's own size. */
const RESERVED_KB = 4 * 2 ** 20;
const OFF = '--disable-wasm-trap-handler';

let known: boolean | undefined;

export function hasTrapHandlers(): boolean {
  return (known ??= findTrapHandlers());
}

export function findTrapHandlers(
  electron = process.versions.electron,
  platform: NodeJS.Platform = process.platform,
): boolean {
  // Electron reserves the addresses of all memories when it starts, so reservesAddresses would see no difference.
  if (electron !== undefined) return Number.parseInt(electron) >= FIRST_ELECTRON;
  const isSwitchedOff = [...process.execArgv, ...(process.env.NODE_OPTIONS ?? '').split(' ')].includes(OFF);
  return platform === 'linux' ? (reservesAddresses() ?? !isSwitchedOff) : !isSwitchedOff;
}

/** @returns undefined if the system does not say, as without /proc */
function reservesAddresses(): boolean | undefined {
  const before = addressSpaceKb();
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const after = addressSpaceKb();
  if (before === undefined || after === undefined) return undefined;
  const grown = after - before;
  return memory.buffer.byteLength > 0 && grown > RESERVED_KB; // uses the memory, so that it is not collected earlier
}

function addressSpaceKb(): number | undefined {
  try {
    const kb = /^VmSize:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    return kb === undefined ? undefined : Number(kb);
  } catch {
    return undefined;
  }
}
