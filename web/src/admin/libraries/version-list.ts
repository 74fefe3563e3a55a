import type { Job, Library, Version } from '../api';

/** Versions shown before somebody asks for all. */
export const FIRST_VERSIONS = 12;

/** The newest first; those without a date last, by name. Names are compared as people count: v2 before v10. */
export function newestFirst(versions: readonly Version[]): readonly Version[] {
  return versions.toSorted(
    (a, b) => (b.committedAt ?? -Infinity) - (a.committedAt ?? -Infinity) || byName(b, a),
  );
}

const names = new Intl.Collator('en', { numeric: true });
const byName = (a: Version, b: Version) => names.compare(a.name, b.name);

/** Jobs of one library that go on, or failed since the page was opened, by version. */
export type Work = ReadonlyMap<string, Job>;

const ENDED: ReadonlySet<Job['status']> = new Set(['done', 'failed', 'cancelled']);

export function hasEnded(job: Job): boolean {
  return ENDED.has(job.status);
}

/** The work on all libraries after one job has changed. */
export function withJob(all: ReadonlyMap<string, Work>, job: Job): ReadonlyMap<string, Work> {
  const of = new Map(all.get(job.repositoryId));
  const known = of.get(job.version);
  // The end of an older job says nothing about the one that is going on.
  if (hasEnded(job) && known && known.id !== job.id) return all;
  if (!hasEnded(job) || job.status === 'failed') of.set(job.version, job);
  else if (!of.delete(job.version)) return all;
  return new Map(all).set(job.repositoryId, of);
}

/** Whether a version is waited for or being worked on. */
export function isUnderWay(work: Work, version: string): boolean {
  const job = work.get(version);
  return job !== undefined && !hasEnded(job);
}

/** Those of the chosen versions that can be indexed: known ones that are not being worked on. */
export function indexable(library: Library, chosen: ReadonlySet<string>, work: Work) {
  return library.versions.filter(({ name }) => chosen.has(name) && !isUnderWay(work, name));
}

export function indexedCount({ versions }: Library): number {
  return versions.filter(({ state }) => state === 'indexed').length;
}
