// The end of the network, one image after another: nn/softmax.ts, the gradient of nn/cross-entropy-loss.ts and the
// predicted class of nn/accuracy.ts.
import { coarse, exp, rounded, roundedProduct } from './simd';
import { Task } from './numbers';
import { Images, Layer, Plan } from './plan';

/**
 * Writes p_j = e^(z_j − max) / Σ e^(z_k − max) over the logits z, and dz_j = (p_j − y_j) × gradientScale into the
 * gradient, with y one-hot or smoothed. For each image it also writes the probability of its label, the class with the
 * largest probability (the first, if several are equal), and that probability. A confident network gives most classes
 * less than 1e-19, which is rounded to zero (see simd.ts).
 * @param first position of row 0 in plan.indices
 */
export function softmaxCrossEntropy(plan: Plan, layer: Layer, first: i32, fromRow: i32, toRow: i32): void {
  const classes = layer.units;
  const vectorsEnd = layer.paddedUnits << 2;
  for (let n = fromRow; n < toRow; n++) {
    const p = layer.output + n * layer.stride;
    const dz = layer.gradient + n * layer.stride;

    let maximum = load<f32>(p);
    for (let j = 1; j < classes; j++) {
      const z = load<f32>(p + (j << 2));
      if (z > maximum) maximum = z;
    }
    const shift = f32x4.splat(maximum),
      by = coarse();
    for (let k = 0; k < vectorsEnd; k += 16) v128.store(p + k, rounded(exp(f32x4.sub(v128.load(p + k), shift)), by));
    let sum: f32 = 0;
    for (let j = 0; j < classes; j++) sum += load<f32>(p + (j << 2));
    const divisor = f32x4.splat(sum);
    const scale = f32x4.splat(plan.gradientScale);
    const spread = f32x4.splat(plan.labelSmoothing / <f32>classes);
    for (let k = 0; k < vectorsEnd; k += 16) {
      const probability = f32x4.div(v128.load(p + k), divisor);
      v128.store(p + k, probability);
      v128.store(dz + k, roundedProduct(f32x4.sub(probability, spread), scale, by));
    }
    for (let j = classes; j < layer.paddedUnits; j++) store<f32>(dz + (j << 2), 0);

    let best = 0;
    for (let j = 1; j < classes; j++) if (load<f32>(p + (j << 2)) > load<f32>(p + (best << 2))) best = j;
    const place = first + n;
    const image = load<u32>(plan.indices + (place << 2));
    const target = <i32>load<u16>(changetype<Images>(plan.images).labels + (image << 1));
    const probability = load<f32>(p + (target << 2));
    store<f32>(
      dz + (target << 2),
      (probability - (1 - plan.labelSmoothing) - plan.labelSmoothing / <f32>classes) * plan.gradientScale,
    );
    store<f32>(plan.targetProbability + (place << 2), probability);
    store<u16>(plan.predicted + (place << 1), <u16>best);
    store<f32>(plan.confidence + (place << 2), load<f32>(p + (best << 2)));
    if (plan.task === Task.predict) memory.copy(plan.probabilities + place * (classes << 2), p, classes << 2);
  }
}
