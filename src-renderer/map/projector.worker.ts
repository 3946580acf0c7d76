// Makes maps beside the page, one after the other, so that the page never waits.
import { projectByPca, type ProjectionJob } from './projection';
import type { ProjectorAnswer } from './projector';

const post = (answer: ProjectorAnswer): void => postMessage(answer);

onmessage = ({ data: job }: MessageEvent<ProjectionJob>) => {
  post({ kind: 'projection', projection: projectByPca(job) });
};
