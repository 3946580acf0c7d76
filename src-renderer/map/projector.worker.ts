// Makes maps beside the page, one after the other, so that the page never waits.
import { projectByPca, type ProjectionJob } from './projection';
import type { ProjectorAnswer } from './projector';
import { projectByUmap } from './umap';

const post = (answer: ProjectorAnswer): void => postMessage(answer);

onmessage = ({ data: job }: MessageEvent<ProjectionJob>) => {
  post({
    kind: 'projection',
    projection:
      job.method === 'pca' ? projectByPca(job) : projectByUmap(job, (done) => post({ kind: 'progress', done })),
  });
};
