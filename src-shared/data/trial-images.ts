// A few training images on which a network from a file is tried, where the file leaves something open.

export interface TrialImages {
  /** [count, rows × columns], 0 background to 255 ink */
  pixels: Uint8Array;
  /** [count], class numbers from 0 */
  labels: Uint16Array;
  /** Mean and standard deviation of the pixels of all training images, divided by 255; to four decimals. */
  mean: number;
  deviation: number;
}
