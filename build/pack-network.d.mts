interface Layer {
  weight: number[][];
  bias: number[];
}
interface QuantizedLayer {
  weight: Int8Array[];
  scale: Float32Array;
  bias: Float32Array;
}
export function quantize(layers: readonly Layer[]): QuantizedLayer[];
export function packNetwork(layers: readonly QuantizedLayer[], accuracy: number): Buffer;
export function accuracyOf(layers: readonly QuantizedLayer[], images: Uint8Array, labels: Uint8Array): number;
