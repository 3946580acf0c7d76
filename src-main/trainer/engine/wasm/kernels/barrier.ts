// How threads wait for each other: first in a tight loop, because most waits take microseconds, then asleep, so that
// another program can use the processor.
import { CACHE_LINE, CONTROL_LINES } from './numbers';

/** Words of the control block, each on a cache line of its own: bytes from its start. */
const ARRIVED = 0;
const ROUND = CACHE_LINE;
const SLEEPING = 2 * CACHE_LINE;
/** Set by a thread that has failed. */
const FAILED = 3 * CACHE_LINE;
/** One word for each thread, a cache line apart: the number of its newest order to work, or −1: end. */
const ORDERS = CONTROL_LINES * CACHE_LINE;

/**
 * Turns of the tight loop before a thread sleeps. In the experiment before this engine (784-256-10, batches of 64, two
 * threads on two cores) an epoch took 0.24 s with 20,000 turns and 0.17 to 0.20 s with 200,000. When another process
 * used a core, it took 0.44 to 0.48 s with 200,000 turns, and 1.2 to 1.4 s with an almost endless loop.
 */
const SPINS = 100_000;

// Sleeping and waking are JavaScript's Atomics, because Liftoff of V8 11 (Node 20) corrupts the caller's variables at
// memory.atomic.wait32.

/** Sleeps until wake if the word at an address has this value, but no longer than some milliseconds. */
// @ts-ignore: decorator
@external("env", "sleep")
declare function sleep(address: usize, value: i32, milliseconds: f64): void;

/** Wakes all threads that sleep at an address. */
// @ts-ignore: decorator
@external("env", "wake")
declare function wake(address: usize): void;

/**
 * Returns when all threads have called it. Traps if one of them has failed or is missing for too long.
 * @param timeout tenths of a second after which a missing thread is taken for dead
 */
export function barrier(control: usize, threads: i32, timeout: i32): void {
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
    if (k === timeout || atomic.load<i32>(control, FAILED) !== 0) unreachable();
    sleep(control + ROUND, round, 100);
  }
  atomic.sub<i32>(control, 1, SLEEPING);
}

/** Makes the barriers of the other threads trap, because this thread has failed. */
export function fail(control: usize): void {
  atomic.store<i32>(control, 1, FAILED);
}

/** Orders another thread to work once, or to end. @param count a new number for each order, or −1: end */
export function order(control: usize, thread: i32, count: i32): void {
  const place = control + ORDERS + thread * CACHE_LINE;
  atomic.store<i32>(place, count);
  wake(place);
}

/** Waits for an order other than the last. @returns its number, or −1: end */
export function awaitOrder(control: usize, thread: i32, last: i32): i32 {
  const place = control + ORDERS + thread * CACHE_LINE;
  for (let k = 0; k < SPINS; k++) {
    const count = atomic.load<i32>(place);
    if (count !== last) return count;
  }
  while (atomic.load<i32>(place) === last) sleep(place, last, Infinity);
  return atomic.load<i32>(place);
}
