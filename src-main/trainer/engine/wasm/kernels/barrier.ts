// How threads wait for each other: a while in a tight loop, since most waits take microseconds, and then asleep, so
// that another program that uses the processor gets it.

/** Words of the control block, each on a cache line of its own: bytes from its start. */
const ARRIVED = 0;
const ROUND = 64;
const SLEEPING = 128;
/** Set by a thread that cannot go on. */
const FAILED = 192;
/** One word a thread, 64 bytes apart: counts the orders to work, negative to end. */
const ORDERS = 256;

const SPINS = 100_000;

// Sleeping and waking are JavaScript's Atomics, since memory.atomic.wait32 in the quick compiler of V8 11 (Node 20)
// spoils its caller's variables.

/** Sleeps while the word at an address has this value: until wake, or for some milliseconds. */
// @ts-ignore: decorator
@external("env", "sleep")
declare function sleep(address: usize, value: i32, milliseconds: f64): void;

/** Wakes all threads that sleep at an address. */
// @ts-ignore: decorator
@external("env", "wake")
declare function wake(address: usize): void;


/**
 * Returns when all threads have called it. Traps where one of them has failed or does not come.
 * @param patience tenths of a second after which a missing thread is taken for dead
 */
export function barrier(control: usize, threads: i32, patience: i32): void {
  if (threads === 1) return;
  const round = atomic.load<i32>(control, ROUND);
  if (atomic.add<i32>(control, 1, ARRIVED) === threads - 1) {
    atomic.store<i32>(control, 0, ARRIVED);
    atomic.store<i32>(control, round + 1, ROUND);
    if (atomic.load<i32>(control, SLEEPING) > 0) wake(control + ROUND);
    return;
  }
  for (let k = 0; k < SPINS; k++) if (atomic.load<i32>(control, ROUND) !== round) return;
  atomic.add<i32>(control, 1, SLEEPING);
  for (let k = 0; atomic.load<i32>(control, ROUND) === round; k++) {
    if (k === patience || atomic.load<i32>(control, FAILED) !== 0) unreachable();
    sleep(control + ROUND, round, 100);
  }
  atomic.sub<i32>(control, 1, SLEEPING);
}

/** Tells the others that this thread cannot go on. */
export function fail(control: usize): void {
  atomic.store<i32>(control, 1, FAILED);
}

/** Tells another thread to work once, or with −1 to end. */
export function order(control: usize, thread: i32, count: i32): void {
  const place = control + ORDERS + (thread << 6);
  atomic.store<i32>(place, count);
  wake(place);
}

/** Waits for an order other than the last. @returns it, or −1: end */
export function awaitOrder(control: usize, thread: i32, last: i32): i32 {
  const place = control + ORDERS + (thread << 6);
  for (let k = 0; k < SPINS; k++) {
    const count = atomic.load<i32>(place);
    if (count !== last) return count;
  }
  while (atomic.load<i32>(place) === last) sleep(place, last, Infinity);
  return atomic.load<i32>(place);
}
