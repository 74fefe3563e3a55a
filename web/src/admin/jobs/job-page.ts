import type { Job, JobsAnswer } from '../api';
import { inLibraries, matches, type Filters } from './filters';

/**
 * One page of jobs, kept up to date by the stream.
 *
 * 1. Rows are jobs that the filters let through, newest first.
 * 2. On the first page, every matching job at least as new as the last row is a row, as it was when the server answered and in
 *    every update since.
 * 3. `stale` says that only the server knows what this page holds now: a row went and the next one is not known, or a job on
 *    another page came or went. Progress of jobs on other pages never makes it stale.
 */
export interface JobPage {
  readonly jobs: readonly Job[];
  readonly total: number;
  readonly stale: boolean;
  /** Jobs on other pages that the stream told of, and whether they matched then. */
  readonly elsewhere: ReadonlyMap<string, boolean>;
}

/** Jobs on other pages that are remembered; forgotten ones only cost one more question to the server. */
const MOST_ELSEWHERE = 2_000;

/** The page as the server answered, with the updates that came while it was asked. */
export function fromAnswer(
  answer: JobsAnswer,
  filters: Filters,
  meanwhile: readonly Job[],
  before?: JobPage,
): JobPage {
  const page: JobPage = {
    jobs: answer.jobs,
    total: answer.total,
    stale: false,
    elsewhere: before?.elsewhere ?? new Map(),
  };
  return meanwhile.reduce((sofar, job) => withUpdate(sofar, filters, job), page);
}

/** The page after one job has changed or appeared. */
export function withUpdate(page: JobPage, filters: Filters, job: Job): JobPage {
  const at = page.jobs.findIndex((row) => row.id === job.id);
  const matched = matches(filters, job);
  if (at >= 0) return matched ? withRow(page, at, job) : withoutRow(page, at, filters, job);
  const seen = page.elsewhere.get(job.id);
  if (seen === matched) return page;
  if (matched && seen !== true && belongsOnFirstPage(page, filters, job)) {
    return withNewRow(page, filters, job);
  }
  return {
    ...page,
    elsewhere: remembering(page.elsewhere, job.id, matched),
    stale: page.stale || matched || seen === true || mayHaveMatched(filters, job),
  };
}

function withRow(page: JobPage, at: number, job: Job): JobPage {
  return { ...page, jobs: page.jobs.with(at, job) };
}

function withoutRow(page: JobPage, at: number, filters: Filters, job: Job): JobPage {
  const jobs = page.jobs.toSpliced(at, 1);
  const total = Math.max(0, page.total - 1);
  const before = (filters.page - 1) * filters.pageSize;
  return {
    jobs,
    total,
    stale: page.stale || before + jobs.length < total,
    elsewhere: remembering(page.elsewhere, job.id, false),
  };
}

function withNewRow(page: JobPage, filters: Filters, job: Job): JobPage {
  const at = page.jobs.findIndex((row) => row.createdAt <= job.createdAt);
  const jobs = page.jobs.toSpliced(at < 0 ? page.jobs.length : at, 0, job);
  const pushedOut = jobs.slice(filters.pageSize);
  return {
    ...page,
    jobs: jobs.slice(0, filters.pageSize),
    total: page.total + 1,
    elsewhere: pushedOut.reduce((map, row) => remembering(map, row.id, true), page.elsewhere),
  };
}

function belongsOnFirstPage(page: JobPage, filters: Filters, job: Job): boolean {
  if (filters.page !== 1) return false;
  const last = page.jobs.at(-1);
  const hasAll = page.jobs.length === page.total;
  return hasAll || (last !== undefined && job.createdAt > last.createdAt);
}

/** Whether a job that does not match and was never seen may have matched until now: by its state, never by its library. */
function mayHaveMatched(filters: Filters, job: Job): boolean {
  return filters.states.length > 0 && inLibraries(filters, job);
}

function remembering(
  map: ReadonlyMap<string, boolean>,
  id: string,
  matched: boolean,
): ReadonlyMap<string, boolean> {
  const next = new Map(map);
  next.delete(id);
  next.set(id, matched);
  const oldest = next.keys().next().value;
  if (next.size > MOST_ELSEWHERE && oldest !== undefined) next.delete(oldest);
  return next;
}
