// Chooses the kernel build that training uses: the fastest one that computes correctly with this processor and V8. A
// trial in a process of its own finds it once. If the trial ends without an answer, the relaxed build is used.
import type { TrialResult } from '../trainer/engine/wasm/kernel-trial';
import type { Simd } from '../trainer/engine/wasm/kernels';
import { CAN_BE_WIDE } from '../trainer/engine/wasm/revectorizer';
import type { KernelMemory } from './kernel-memory';

/** The wide build must be faster by this factor, so that noise does not decide. */
const GAIN = 0.9;
/**
 * A trial may fail by chance, because the computer went to sleep, say. After so many failures it is not tried again.
 */
const MOST_TRIES = 3;
/** If the runtime has no relaxed SIMD, the trainer uses the plain build instead. */
const SAFE: Simd = 'relaxed';

export interface KernelChoiceOptions {
  memory: Pick<KernelMemory, 'recall' | 'remember'>;
  /** Runs the trial in a process of its own. @returns undefined if no answer came. Never rejects. */
  probe: () => Promise<TrialResult | undefined>;
  /** False if this V8 has no wide build, so that there is nothing to find out. */
  canBeWide?: boolean;
}

export class KernelChoice {
  private readonly canBeWide: boolean;
  private found: Promise<Simd> | undefined;

  constructor(private readonly options: KernelChoiceOptions) {
    this.canBeWide = options.canBeWide ?? CAN_BE_WIDE;
  }

  /** The build that is known without a trial; undefined if a trial is needed. */
  async recall(): Promise<Simd | undefined> {
    if (!this.canBeWide) return SAFE;
    const known = await this.options.memory.recall();
    const isSettled = known !== undefined && (known.unanswered === 0 || known.unanswered >= MOST_TRIES);
    return isSettled ? known.simd : undefined;
  }

  /** The build that is known, or else the result of a trial of about a second. At most one trial. Never rejects. */
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
   * Called when the trainer died with the wide build, which is then never used again with this processor, V8 and
   * version of the kernels.
   * @returns the build to use instead
   */
  async distrustWide(): Promise<Simd> {
    this.found = Promise.resolve(SAFE);
    await this.options.memory.remember({ simd: SAFE, unanswered: 0 });
    return SAFE;
  }
}

/** Wide only if it is clearly faster and every bit is the same. A difference would be an error of the compiler. */
export function betterBuild(result: TrialResult): Simd {
  if (result.kind === 'no-relaxed-simd') return 'plain';
  const { relaxed, wide } = result;
  return wide.weights === relaxed.weights && wide.milliseconds < GAIN * relaxed.milliseconds ? 'wide' : 'relaxed';
}
