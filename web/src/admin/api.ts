import { request as ask, type Answer, type Patience } from '../app/http';
import { noticing } from './refused';

/** States of a job, in the order in which people go through them. */
export const JOB_STATES = ['queued', 'running', 'paused', 'done', 'failed', 'cancelled'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** One run over one version of a library, as the server tells it. Times are milliseconds since 1970. */
export interface Job {
  id: string;
  repositoryId: string;
  /** The library's title. */
  repository: string;
  version: string;
  status: JobState;
  stage: string;
  /** 0 to 100. */
  progress: number;
  filesTotal: number;
  filesDone: number;
  filesSkipped: number;
  snippets: number;
  snippetsReused: number;
  attempts: number;
  error: string | null;
  worker: number | null;
  createdAt: number;
  startedAt: number | null;
  finishedAt: number | null;
}

export interface JobsAnswer {
  jobs: readonly Job[];
  /** Jobs that the filters let through, on all pages. */
  total: number;
  page: number;
  pageSize: number;
}

export interface Worker {
  index: number;
  kind: 'index' | 'embed';
  state: 'running' | 'idle';
  jobId: string | null;
  repositoryId: string | null;
  version: string | null;
}

export interface Workers {
  total: number;
  active: number;
  idle: number;
  workers: readonly Worker[];
}

export interface Version {
  name: string;
  commit: string;
  committedAt: number | null;
  state: 'discovered' | 'indexed';
  files: number | null;
  snippets: number | null;
  indexedAt: number | null;
}

export interface Library {
  id: string;
  source: string;
  title: string;
  createdAt: number;
  discoveredAt: number | null;
  versions: readonly Version[];
}

export interface Coverage {
  kind: 'message' | 'document' | 'snippet';
  live: number;
  embedded: number;
  blank: number;
  missing: number;
}

export interface Generation {
  number: number;
  profile: string;
  model: string;
  dimensions: number;
  state: string;
  kinds: readonly Coverage[];
}

export interface SlowQuery {
  sql: string;
  millis: number;
  at: number;
  count: number;
}

export interface ConnectedBrowser {
  user: string;
  since: number;
  spaces: number;
}

export interface Stats {
  missing_embeddings_total: number;
  embeddings: { mode: string; reason: string | null; generations: readonly Generation[] };
  /** Messages whose words are not indexed yet. */
  fullText: { missing: number };
  storage: {
    databaseBytes: number;
    walBytes: number;
    freeBytes: number;
    tables?: readonly { name: string; bytes: number }[];
  };
  libraries: { libraries: number; versions: number; snippets: number; blobs: number };
  jobs: Partial<Record<JobState, number>>;
  events: number;
  messages: number;
  spaces: number;
  users: number;
  streams: { count: number; browsers: readonly ConnectedBrowser[] };
  slowQueries: readonly SlowQuery[];
}

async function request<T>(
  method: string,
  path: string,
  body?: unknown,
  patience?: Patience,
): Promise<Answer<T>> {
  return noticing(await ask<T>(method, path, body, patience));
}

/** Asking a far repository for its tags may take its time. */
const REPOSITORY_PATIENCE_MILLIS = 120_000;

export const fetchJobs = (query: string): Promise<Answer<JobsAnswer>> =>
  request('GET', `/jobs?${query}`);

export const fetchWorkers = (): Promise<Answer<Workers>> => request('GET', '/workers');

export const fetchStats = (): Promise<Answer<Stats>> => request('GET', '/stats');

/** Wakes the embedder; with `backstop` it looks at every text again. */
export const buildEmbeddings = (backstop: boolean): Promise<Answer<{ missing: number }>> =>
  request('POST', '/embeddings/build', { backstop });

export const fetchLibraries = (): Promise<Answer<{ libs: readonly Library[] }>> =>
  request('GET', '/libs');

export const fetchLibrary = (id: string): Promise<Answer<Library>> =>
  request('GET', `/libs/${encodeURIComponent(id)}`);

export const addLibrary = (source: string, title: string): Promise<Answer<Library>> =>
  request('POST', '/libs', title ? { source, title } : { source });

export const removeLibrary = (id: string): Promise<Answer<unknown>> =>
  request('DELETE', `/libs/${encodeURIComponent(id)}`);

export const discoverVersions = (
  id: string,
): Promise<Answer<{ versions: readonly Version[]; added: number }>> =>
  request(
    'POST',
    `/libs/${encodeURIComponent(id)}/versions/discover`,
    {},
    { millis: REPOSITORY_PATIENCE_MILLIS },
  );

export const indexVersions = (
  id: string,
  versions: readonly string[],
): Promise<Answer<{ jobs: readonly Job[] }>> =>
  request('POST', `/libs/${encodeURIComponent(id)}/index`, { versions });

export const actOnJob = (
  id: string,
  action: 'pause' | 'resume' | 'cancel',
): Promise<Answer<{ job: Job }>> =>
  request('POST', `/jobs/${encodeURIComponent(id)}/${action}`, {});
