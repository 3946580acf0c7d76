// A network with one hidden layer of ReLU units in bytes: each unit's weights as whole numbers from −127 to 127 and one
// scale. src-renderer/draw/small-network.ts reads it. Pure.

/**
 * @param layers with `weight` [out][in] and `bias` [out]
 * @returns layers with `weight` [out][in] of whole numbers, `scale` [out] and `bias` [out]
 */
export function quantize(layers) {
  return layers.map(({ weight, bias }) => {
    const scale = Float32Array.from(weight, (row) => Math.max(...row.map(Math.abs)) / 127 || 1);
    return {
      weight: weight.map((row, unit) => Int8Array.from(row, (value) => Math.round(value / scale[unit]))),
      scale,
      bias: Float32Array.from(bias),
    };
  });
}

/** float32: inputs, hidden units, classes, accuracy, then scales and biases of each layer; int8: the weights. */
export function packNetwork(layers, accuracy) {
  const numbers = [layers[0].weight[0].length, ...layers.map(({ scale }) => scale.length), accuracy];
  for (const { scale, bias } of layers) numbers.push(...scale, ...bias);
  const weights = layers.flatMap(({ weight }) => weight.map((row) => Buffer.from(row.buffer)));
  return Buffer.concat([Buffer.from(Float32Array.from(numbers).buffer), ...weights]);
}

/** The share of images [count × pixels] that the packed weights classify correctly. */
export function accuracyOf(layers, images, labels) {
  const pixels = layers[0].weight[0].length;
  let right = 0;
  for (let image = 0; image < labels.length; image++) {
    const input = Float64Array.from(images.subarray(image * pixels, (image + 1) * pixels), (value) => value / 255);
    const hidden = weightedSums(layers[0], input).map((sum) => Math.max(0, sum));
    const logits = weightedSums(layers[1], hidden);
    if (logits.indexOf(Math.max(...logits)) === labels[image]) right++;
  }
  return right / labels.length;
}

function weightedSums({ weight, scale, bias }, input) {
  return Float64Array.from(weight, (row, unit) => {
    let sum = 0;
    for (let k = 0; k < row.length; k++) sum += row[k] * input[k];
    return sum * scale[unit] + bias[unit];
  });
}
