// Which build of the kernels training uses: the fastest that computes right with this processor and V8, as found out
// once by a trial in a process of its own. A trial that ends without an answer, in whatever way, means: the relaxed
// build without a flag.
import type { TrialResult } from '../trainer/engine/wasm/kernel-trial';
import type { Simd } from '../trainer/engine/wasm/kernels';
import { CAN_BE_WIDE } from '../trainer/engine/wasm/revectorizer';
import type { KernelMemory } from './kernel-memory';

/** The wide build must be faster by this factor, so that noise does not decide. */
const GAIN = 0.9;
/**
 * A trial that fails may have been disturbed, by a computer that went to sleep, say; one that fails so often will not
 * succeed.
 */
const MOST_TRIES = 3;
/** Where the runtime has no relaxed SIMD, the trainer takes the plain build instead. */
const SAFE: Simd = 'relaxed';

export interface KernelChoiceOptions {
  memory: Pick<KernelMemory, 'recall' | 'remember'>;
  /** Runs the trial in a process of its own. @returns undefined if no answer came. Never rejects. */
  probe: () => Promise<TrialResult | undefined>;
  /** Whether there is anything to find out with this V8. */
  canBeWide?: boolean;
}

export class KernelChoice {
  private readonly canBeWide: boolean;
  private found: Promise<Simd> | undefined;

  constructor(private readonly options: KernelChoiceOptions) {
    this.canBeWide = options.canBeWide ?? CAN_BE_WIDE;
  }

  /** What is known without a trial; undefined if one is needed. */
  async recall(): Promise<Simd | undefined> {
    if (!this.canBeWide) return SAFE;
    const known = await this.options.memory.recall();
    const isSettled = known !== undefined && (known.unanswered === 0 || known.unanswered >= MOST_TRIES);
    return isSettled ? known.simd : undefined;
  }

  /** What is known, or else what a trial of about a second tells; at most one trial. Never rejects. */
  find(): Promise<Simd> {
    return (this.found ??= this.findOut());
  }

  private async findOut(): Promise<Simd> {
    const known = await this.recall();
    if (known !== undefined) return known;
    const { memory, probe } = this.options;
    const result = await probe();
    if (result === undefined) {
      await memory.remember({ simd: SAFE, unanswered: ((await memory.recall())?.unanswered ?? 0) + 1 });
      return SAFE;
    }
    const simd = betterBuild(result);
    await memory.remember({ simd, unanswered: 0 });
    return simd;
  }

  /**
   * The trainer died of the wide build: never again with this processor, V8 and version of the kernels.
   * @returns what to use instead
   */
  async distrustWide(): Promise<Simd> {
    this.found = Promise.resolve(SAFE);
    await this.options.memory.remember({ simd: SAFE, unanswered: 0 });
    return SAFE;
  }
}

/** Wide only if it is clearly faster and no bit differs: a difference means that the compiler has made a mistake. */
export function betterBuild(result: TrialResult): Simd {
  if (result.kind === 'no-relaxed-simd') return 'plain';
  const { relaxed, wide } = result;
  return wide.weights === relaxed.weights && wide.milliseconds < GAIN * relaxed.milliseconds ? 'wide' : 'relaxed';
}
