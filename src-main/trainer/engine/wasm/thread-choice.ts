// How many of the engine's threads work at the moment. Where another program uses a core, threads that wait for each
// other are slower than fewer of them: so now and then some pieces of work are tried with one thread less or more, and
// the faster number is kept. Where the threads would take all processors, one of them makes way for a moment while the
// page is drawn: a thread that loses its processor in the middle of a piece holds up all others. The weights do not
// depend on any of it.
import { availableParallelism } from 'node:os';

/** Chunks of work before a try: few after a change, twice as many after each try that was in vain. */
const FEWEST_BETWEEN = 20;
const MOST_BETWEEN = 320;
/** With fewer threads than there are: nothing tells that the other program has ended. */
const MOST_BETWEEN_FEWER = 80;
/**
 * The same in milliseconds of work. A try begins when either the pieces or the milliseconds have passed, because in a
 * few long pieces a busy core would cost the whole first epoch.
 */
const SHORTEST_BETWEEN = 60;
const LONGEST_BETWEEN = 5000;
const LONGEST_BETWEEN_FEWER = 1250;
/**
 * A try in vain may take at most one part in so many of the time: a batch that is trained step by step cannot be cut
 * shorter.
 */
const TIMES_TRIED_TIME = 20;
const PIECES_TRIED = 3;
/** A shorter try may fall between two turns of the other programs, and look faster than it is. */
const LEAST_MILLISECONDS_TRIED = 40;
/** So many milliseconds of work are as good as PIECES_TRIED. */
const MILLISECONDS_TRIED = 240;
/** A try that is slower by this factor ends after its first piece. */
const HOPELESS = 1.3;
/** A mean that grows by this factor is a change: something else has begun to use the processor. */
const SLOWDOWN = 1.2;
/** A try must be faster by this factor, so that noise does not decide. */
const GAIN = 0.93;
/**
 * How much the newest piece counts in the mean, once there are enough: little, since some last twice as long, while the
 * page is drawn.
 */
const NEWEST = 0.05;

export class ThreadChoice {
  private kept: number;
  private tried: number | undefined;
  /** Milliseconds an image with the number that is kept, since the last try. */
  private mean = 0;
  /** The least that the mean has been since the last try. */
  private least = Infinity;
  private between = FEWEST_BETWEEN;
  private millisecondsBetween = SHORTEST_BETWEEN;
  /** Since the last try. */
  private pieces = 0;
  private milliseconds = 0;
  /** The newest pieces: while there are few, the mean of all contains the first ones, in which V8 still optimises. */
  private newest: { images: number; milliseconds: number }[] = [];
  private triedTime = 0;
  private triedImages = 0;
  private step = -1;
  private makesWayUntil = -Infinity;

  /**
   * @param most all threads that there are
   * @param processors what this machine can run at the same time
   * @param now milliseconds from any fixed moment
   */
  constructor(
    private readonly most: number,
    private readonly processors = availableParallelism(),
    private readonly now = () => performance.now(),
  ) {
    this.kept = most;
  }

  /** Threads for the next piece of work. */
  get threads(): number {
    const threads = this.tried ?? this.kept;
    return this.makesWay ? Math.max(1, Math.min(threads, this.processors - 1)) : threads;
  }

  /** Whether a processor is left to others just now. */
  get makesWay(): boolean {
    return this.now() < this.makesWayUntil;
  }

  /** Whether the next piece of work should be short: another number of threads may soon be better for it. */
  get needsShortChunk(): boolean {
    return this.makesWay || this.tried !== undefined;
  }

  /** For so long the threads leave one processor to what else is to be done. */
  makeWay(milliseconds: number): void {
    this.makesWayUntil = this.now() + milliseconds;
  }

  /** Learns how long the piece took that has just ended; of one that made way there is nothing to be learned. */
  tell(images: number, milliseconds: number): void {
    if (this.most === 1 || this.now() - milliseconds < this.makesWayUntil) return;
    this.pieces++;
    if (this.tried === undefined) this.watch(images, milliseconds);
    else this.judge(images, milliseconds);
  }

  private watch(images: number, milliseconds: number): void {
    const timeAnImage = milliseconds / images;
    this.milliseconds += milliseconds;
    this.newest = [...this.newest, { images, milliseconds }].slice(-PIECES_TRIED);
    this.mean += Math.max(NEWEST, 1 / this.pieces) * (timeAnImage - this.mean);
    if (this.pieces >= FEWEST_BETWEEN) {
      this.least = Math.min(this.least, this.mean);
      if (this.mean > SLOWDOWN * this.least) this.between = FEWEST_BETWEEN;
    }
    const isKnown = this.newest.length === PIECES_TRIED || this.milliseconds >= MILLISECONDS_TRIED;
    const isTime = isKnown && this.milliseconds >= this.millisecondsBetween;
    if (isTime || this.pieces >= this.between) this.startTry();
  }

  private startTry(): void {
    if (this.pieces < FEWEST_BETWEEN) this.mean = sum(this.newest, 'milliseconds') / sum(this.newest, 'images');
    const next = this.kept + this.step;
    this.tried = next < 1 || next > this.most ? this.kept - this.step : next;
    this.step = -this.step;
    this.pieces = this.triedTime = this.triedImages = 0;
  }

  private judge(images: number, milliseconds: number): void {
    this.triedTime += milliseconds;
    this.triedImages += images;
    const timeAnImage = this.triedTime / this.triedImages;
    const isKnown =
      (this.pieces >= PIECES_TRIED && this.triedTime >= LEAST_MILLISECONDS_TRIED) ||
      this.triedTime >= MILLISECONDS_TRIED;
    if (!isKnown && timeAnImage < HOPELESS * this.mean) return;
    const faster = timeAnImage < GAIN * this.mean;
    if (faster) this.kept = this.tried!;
    const usesAll = this.kept === this.most;
    this.between = faster ? FEWEST_BETWEEN : Math.min(usesAll ? MOST_BETWEEN : MOST_BETWEEN_FEWER, 2 * this.between);
    const longest = usesAll ? LONGEST_BETWEEN : LONGEST_BETWEEN_FEWER;
    const next = Math.max(TIMES_TRIED_TIME * this.triedTime, Math.min(longest, 2 * this.millisecondsBetween));
    this.millisecondsBetween = faster ? SHORTEST_BETWEEN : next;
    this.least = Infinity;
    this.tried = undefined;
    this.pieces = this.milliseconds = 0;
    this.newest = [];
  }
}

function sum<Name extends string>(items: Record<Name, number>[], name: Name): number {
  return items.reduce((total, item) => total + item[name], 0);
}
