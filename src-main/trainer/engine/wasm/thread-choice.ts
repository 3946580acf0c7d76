// Chooses how many of the engine's threads work on the next chunk. The weights do not depend on it.
// - If another program uses a core, threads that wait for each other are slower than fewer threads. So now and then the
//   choice tries one thread less or more for a few chunks, and keeps the faster number.
// - If the threads would take all processors, one of them yields for a moment while the page is drawn, because a thread
//   that loses its processor in the middle of a chunk holds up all others.
//
// In an experiment before this engine (784-256-10, batches of 64, two cores) an epoch took 0.17 to 0.20 s with two
// threads and 0.32 s with one. If another program used a core, it took 0.44 to 0.48 s with two. The percentages below
// are not measured but simulated with such times: test/bench/thread-choice.mjs prints them.
import { availableParallelism } from 'node:os';

/**
 * Chunks between two tries: few after a change, twice as many after each try in vain. With 80 as the fewest, fifty
 * epochs during which another program starts take 8 % longer; with 5, an epoch of 6 s beside a busy core takes 2 %
 * longer. The most matters only for chunks so short that LONGEST_BETWEEN takes even more of them.
 */
const FEWEST_BETWEEN = 20;
const MOST_BETWEEN = 320;
/**
 * The same in milliseconds of work: a try begins when the chunks or the milliseconds have passed, because with a few
 * long chunks a busy core would slow down the whole first epoch. With 240 as the shortest, it takes 12 % longer.
 */
const SHORTEST_BETWEEN = 60;
const LONGEST_BETWEEN = 5000;
/**
 * Tries are this much more frequent if not all threads work, since nothing reports that the other program has ended.
 * Without it, fifty epochs during which it ends take 1 % longer.
 */
const MORE_TRIES_WITH_FEWER = 4;
/**
 * A try in vain may take at most one part in 20 of the time, even if a chunk is one large batch, which cannot be cut
 * shorter. With 5, epochs of 3 to 6 s with batches of 4096 take 3 % longer.
 */
const TIMES_TRIED_TIME = 20;
/** Chunks in a try. With 12, the first epoch beside a busy core takes 12 % longer. */
const CHUNKS_TRIED = 3;
/** A shorter try may fall between two turns of the other programs, and look faster than it is. */
const LEAST_MILLISECONDS_TRIED = 40;
/** This many milliseconds of work are as good as CHUNKS_TRIED. With 960, an epoch of 6 s takes 3 % longer. */
const MILLISECONDS_TRIED = 240;
/** A try that is slower by this factor ends after its first chunk. Without it, a quiet first epoch takes 7 % longer. */
const HOPELESS = 1.3;
/**
 * A mean that grows by this factor is a change: another program has begun to use the processor. Without it, fifty
 * epochs during which one starts take 3 % longer; with 1.02, fifty during which the page is drawn take 2 % longer.
 */
const SLOWDOWN = 1.2;
/** A try must be faster by this factor, so that noise does not decide. 0.8 and 0.99 cost less than 1 %. */
const GAIN = 0.93;
/**
 * Weight of the newest chunk in the mean, once there are enough: little, because a chunk lasts longer while the page is
 * drawn. With 0.2, fifty epochs in which every seventh chunk takes three times as long take 5 % longer.
 */
const NEWEST = 0.05;

export class ThreadChoice {
  private chosen: number;
  private tried: number | undefined;
  /** Mean milliseconds for an image with the chosen number, since the last try. */
  private mean = 0;
  /** The minimum of that mean since the last try. */
  private least = Infinity;
  private chunksBetween = FEWEST_BETWEEN;
  private millisecondsBetween = SHORTEST_BETWEEN;
  /** Since the last try, or in the current one. */
  private chunks = 0;
  private milliseconds = 0;
  /** The newest chunks. If there are few, the mean of all still contains the first ones, which V8 had not optimised. */
  private newest: { images: number; milliseconds: number }[] = [];
  private triedTime = 0;
  private triedImages = 0;
  private step = -1;
  private yieldsUntil = -Infinity;

  /**
   * @param most all threads that there are
   * @param processors how many threads this machine can run at the same time
   * @param now milliseconds since any fixed moment
   */
  constructor(
    private readonly most: number,
    private readonly processors = availableParallelism(),
    private readonly now = () => performance.now(),
  ) {
    this.chosen = most;
  }

  /** How many threads work on the next chunk. */
  get threads(): number {
    const threads = this.tried ?? this.chosen;
    return this.yieldsToPage ? Math.max(1, Math.min(threads, this.processors - 1)) : threads;
  }

  /** True while a processor is left to the page. */
  get yieldsToPage(): boolean {
    return this.now() < this.yieldsUntil;
  }

  /** True if the next chunk should be short, because another number of threads may soon be better. */
  get needsShortChunk(): boolean {
    return this.yieldsToPage || this.tried !== undefined;
  }

  /** Leaves one processor to other work for some milliseconds, if the threads would take all. */
  yieldToPage(milliseconds: number): void {
    this.yieldsUntil = this.now() + milliseconds;
  }

  /** Records how long a chunk took. Chunks during which a thread yielded to the page are ignored. */
  record(images: number, milliseconds: number): void {
    if (this.most === 1 || this.now() - milliseconds < this.yieldsUntil) return;
    this.chunks++;
    if (this.tried === undefined) this.observe(images, milliseconds);
    else this.evaluateTry(images, milliseconds);
  }

  private observe(images: number, milliseconds: number): void {
    const timePerImage = milliseconds / images;
    this.milliseconds += milliseconds;
    this.newest = [...this.newest, { images, milliseconds }].slice(-CHUNKS_TRIED);
    this.mean += Math.max(NEWEST, 1 / this.chunks) * (timePerImage - this.mean);
    if (this.chunks >= FEWEST_BETWEEN) {
      this.least = Math.min(this.least, this.mean);
      if (this.mean > SLOWDOWN * this.least) this.chunksBetween = FEWEST_BETWEEN;
    }
    const isKnown = this.newest.length === CHUNKS_TRIED || this.milliseconds >= MILLISECONDS_TRIED;
    const isTime = isKnown && this.milliseconds >= this.millisecondsBetween;
    if (isTime || this.chunks >= this.chunksBetween) this.startTry();
  }

  private startTry(): void {
    if (this.chunks < FEWEST_BETWEEN) this.mean = sum(this.newest, 'milliseconds') / sum(this.newest, 'images');
    const next = this.chosen + this.step;
    this.tried = next < 1 || next > this.most ? this.chosen - this.step : next;
    this.step = -this.step;
    this.chunks = this.triedTime = this.triedImages = 0;
  }

  private evaluateTry(images: number, milliseconds: number): void {
    this.triedTime += milliseconds;
    this.triedImages += images;
    const timePerImage = this.triedTime / this.triedImages;
    const isKnown =
      (this.chunks >= CHUNKS_TRIED && this.triedTime >= LEAST_MILLISECONDS_TRIED) ||
      this.triedTime >= MILLISECONDS_TRIED;
    if (!isKnown && timePerImage < HOPELESS * this.mean) return;
    const isFaster = timePerImage < GAIN * this.mean;
    if (isFaster) this.chosen = this.tried!;
    const frequency = this.chosen === this.most ? 1 : MORE_TRIES_WITH_FEWER;
    this.chunksBetween = isFaster ? FEWEST_BETWEEN : Math.min(MOST_BETWEEN / frequency, 2 * this.chunksBetween);
    const between = Math.min(LONGEST_BETWEEN / frequency, 2 * this.millisecondsBetween);
    this.millisecondsBetween = isFaster ? SHORTEST_BETWEEN : Math.max(TIMES_TRIED_TIME * this.triedTime, between);
    this.least = Infinity;
    this.tried = undefined;
    this.chunks = this.milliseconds = 0;
    this.newest = [];
  }
}

function sum<Name extends string>(items: Record<Name, number>[], name: Name): number {
  return items.reduce((total, item) => total + item[name], 0);
}
