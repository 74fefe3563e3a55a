import { JOB_STATES, type Job, type JobState } from '../api';

/** What of all jobs is looked at. It lives in the address, so that it can be linked and survives a reload. */
export interface Filters {
  /** Beginning of a library's id; empty for all. */
  repository: string;
  /** Empty for all. */
  states: readonly JobState[];
  /** From 1. */
  page: number;
  pageSize: number;
}

export const PAGE_SIZES = [10, 25, 50, 100] as const;
const DEFAULT_PAGE_SIZE = 50;
/** The server knows no page after this one. */
const LAST_PAGE = 1_000_000;
/** The server takes no longer ids; a longer prefix matches nothing. */
const LONGEST_PREFIX = 64;

export const EVERYTHING: Filters = {
  repository: '',
  states: [],
  page: 1,
  pageSize: DEFAULT_PAGE_SIZE,
};

/** Reads `?repo=facebook&status=queued,running&page=2&size=25`; what cannot be understood is as if it were not there. */
export function parseFilters(search: string): Filters {
  const params = new URLSearchParams(search);
  const wanted = new Set((params.get('status') ?? '').split(','));
  const size = Number(params.get('size'));
  return {
    repository: (params.get('repo') ?? '').trim().slice(0, LONGEST_PREFIX),
    states: JOB_STATES.filter((state) => wanted.has(state)),
    page: wholeNumber(params.get('page')),
    pageSize: PAGE_SIZES.find((known) => known === size) ?? DEFAULT_PAGE_SIZE,
  };
}

/** The address' part after the path, with `?`; empty when everything is shown. */
export function filtersToSearch(filters: Filters): string {
  const params: string[] = [];
  if (filters.repository) params.push(`repo=${encodeURIComponent(filters.repository)}`);
  if (filters.states.length > 0) params.push(`status=${filters.states.join(',')}`);
  if (filters.page > 1) params.push(`page=${filters.page}`);
  if (filters.pageSize !== DEFAULT_PAGE_SIZE) params.push(`size=${filters.pageSize}`);
  return params.length > 0 ? `?${params.join('&')}` : '';
}

/** The question to the server. */
export function filtersToQuery(filters: Filters): string {
  const params = new URLSearchParams({
    page: String(filters.page),
    pageSize: String(filters.pageSize),
  });
  const prefix = idPrefix(filters);
  if (prefix) params.set('repositoryId', prefix);
  if (filters.states.length > 0) params.set('status', filters.states.join(','));
  return params.toString();
}

/** Whether the filters let a job through, as the server would say. */
export function matches(filters: Filters, job: Job): boolean {
  return (
    inLibraries(filters, job) &&
    (filters.states.length === 0 || filters.states.includes(job.status))
  );
}

/** Whether a job's library is among those looked at. */
export function inLibraries(filters: Filters, job: Job): boolean {
  return job.repositoryId.startsWith(idPrefix(filters));
}

/** Ids are made of the end of a source, in small letters and with dashes: `/Facebook/react` finds `facebook-react`. */
function idPrefix({ repository }: Filters): string {
  return repository.replace(/^\/+/, '').replaceAll('/', '-').toLowerCase();
}

/** Whether anything but the page and its size is chosen. */
export function narrows(filters: Filters): boolean {
  return filters.repository !== '' || filters.states.length > 0;
}

/** How many pages there are; one when there is nothing. */
export function pagesOf(total: number, pageSize: number): number {
  return Math.max(1, Math.ceil(total / pageSize));
}

function wholeNumber(text: string | null): number {
  const number = Number(text);
  return Number.isSafeInteger(number) && number >= 1 ? Math.min(number, LAST_PAGE) : 1;
}
