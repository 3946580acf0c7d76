import { describe, expect, it } from 'vitest';
import type { ProjectionJob } from '../../../../src-renderer/map/projection';
import { projectByUmap } from '../../../../src-renderer/map/umap';
import { mnistFiles } from '../../../fixtures/mnist';

const COUNT = 300;
const { testImages, testLabels } = mnistFiles();
const labels = testLabels.bytes.subarray(8, 8 + COUNT);
const job: ProjectionJob = {
  key: 'umap pixels',
  method: 'umap',
  description: 'pixels',
  values: testImages.bytes.slice(16, 16 + COUNT * 784),
  columns: 784,
  scale: 1 / 255,
  last: undefined,
};

/** Of the nearest neighbours on the map, the share that has the same label. */
function neighboursAlike(positions: Float32Array): number {
  const distance = (a: number, b: number): number =>
    Math.hypot(positions[2 * a]! - positions[2 * b]!, positions[2 * a + 1]! - positions[2 * b + 1]!);
  const images = Array.from({ length: COUNT }, (_, i) => i);
  const nearest = (image: number): number =>
    images.filter((other) => other !== image).reduce((a, b) => (distance(image, a) <= distance(image, b) ? a : b));
  return images.filter((image) => labels[nearest(image)] === labels[image]).length / COUNT;
}

describe('a map by UMAP', () => {
  it('lays digits beside their like, says how far it is, and comes out the same every time', () => {
    const shares: number[] = [];
    const { positions, axes } = projectByUmap(job, (done) => shares.push(done));
    expect(neighboursAlike(positions)).toBeGreaterThan(0.7);
    expect(axes).toEqual([]);
    expect(shares.length).toBeGreaterThan(10);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(projectByUmap(job, () => undefined).positions).toEqual(positions);
  });

  it('of hardly any images does not fail', () => {
    expect(projectByUmap({ ...job, values: job.values.subarray(0, 3 * 784) }, () => undefined).positions).toHaveLength(
      6,
    );
    expect(projectByUmap({ ...job, values: job.values.subarray(0, 5 * 784) }, () => undefined).positions).toHaveLength(
      10,
    );
  });
});
