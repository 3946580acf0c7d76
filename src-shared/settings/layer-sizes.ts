// How many units the layers of a network have.

/** From the pixels to the classes. @param layers at least one */
export function sizesOf(layers: readonly { inputs: number; outputs: number }[]): number[] {
  return [layers[0]!.inputs, ...layers.map(({ outputs }) => outputs)];
}
