// Computes maps one after the other in a worker, so that the page stays responsive.
import { projectByPca, type ProjectionJob } from './projection';
import type { ProjectorAnswer } from './projector-messages';
import { projectByUmap } from './umap';

const post = (answer: ProjectorAnswer): void => postMessage(answer);

onmessage = ({ data: job }: MessageEvent<ProjectionJob>) => {
  post({
    kind: 'projection',
    projection:
      job.method === 'pca' ? projectByPca(job) : projectByUmap(job, (done) => post({ kind: 'progress', done })),
  });
};
