// A few training images to try a network from a file on, if the file leaves something open.

export interface TrialImages {
  /** [count, rows × columns], 0 background to 255 ink */
  pixels: Uint8Array;
  /** [count], class numbers from 0 */
  labels: Uint16Array;
  /** Mean and standard deviation of all training pixels, scaled to 0 to 1 and rounded to four decimals. */
  mean: number;
  deviation: number;
}
