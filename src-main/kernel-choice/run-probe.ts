// Runs the trial of the kernels in a process of its own, which may crash or hang. Only an answer in time counts; the
// exit code does not.
import * as z from 'zod';
import type { TrialResult } from '../trainer/engine/wasm/kernel-trial';

/** The trial takes about a second; a busy machine may need several times as long. */
const TIME_LIMIT_MS = 30_000;

/** A child process, of Node or of Electron. */
export interface ProbeProcess {
  onMessage(listener: (message: unknown) => void): void;
  /** Called when it has ended or could not be started. */
  onEnd(listener: () => void): void;
  /** Lets it end on its own after it has answered. */
  dismiss(): void;
  kill(): void;
}

const trialSchema = z.strictObject({
  weights: z.string().regex(/^[0-9a-f]{64}$/),
  milliseconds: z.number().positive(),
});
const resultSchema: z.ZodType<TrialResult> = z.union([
  z.strictObject({ kind: z.literal('no-relaxed-simd') }),
  z.strictObject({ kind: z.literal('tried'), relaxed: trialSchema, wide: trialSchema }),
]);

/** @returns undefined if no valid answer arrived in time. Never rejects. */
export function runProbe(fork: () => ProbeProcess, timeLimit = TIME_LIMIT_MS): Promise<TrialResult | undefined> {
  return new Promise((resolve) => {
    let child: ProbeProcess;
    try {
      child = fork();
    } catch (error) {
      console.error('The trial of the kernels could not be started.', error);
      resolve(undefined);
      return;
    }
    const timer = setTimeout(() => {
      child.kill();
      resolve(undefined);
    }, timeLimit);
    child.onMessage((message) => {
      clearTimeout(timer);
      child.dismiss();
      resolve(resultSchema.safeParse(message).data);
    });
    child.onEnd(() => {
      clearTimeout(timer);
      resolve(undefined);
    });
  });
}
