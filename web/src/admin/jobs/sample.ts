import type { Job } from '../api';

/** A job for tests, with the fields that matter to them. */
export function sampleJob(fields: Partial<Job>): Job {
  return {
    id: 'j',
    repositoryId: 'harbour-charts',
    repository: 'Charts',
    version: 'v1',
    status: 'queued',
    stage: 'waiting',
    progress: 0,
    filesTotal: 0,
    filesDone: 0,
    filesSkipped: 0,
    snippets: 0,
    snippetsReused: 0,
    attempts: 0,
    error: null,
    worker: null,
    createdAt: 0,
    startedAt: null,
    finishedAt: null,
    ...fields,
  };
}
