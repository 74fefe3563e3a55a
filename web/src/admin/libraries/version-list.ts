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

/** Jobs that have not ended, by version, of one library. */
export type Unfinished = ReadonlyMap<string, Job>;

const ENDED: ReadonlySet<Job['status']> = new Set(['done', 'failed', 'cancelled']);

export function hasEnded(job: Job): boolean {
  return ENDED.has(job.status);
}

/** The unfinished jobs of all libraries after one of them has changed. */
export function withJob(
  all: ReadonlyMap<string, Unfinished>,
  job: Job,
): ReadonlyMap<string, Unfinished> {
  const of = new Map(all.get(job.repositoryId));
  const known = of.get(job.version);
  if (!hasEnded(job)) of.set(job.version, job);
  // An older job of this version may end after a new one began only when it is the one we know.
  else if (known?.id === job.id) of.delete(job.version);
  else return all;
  return new Map(all).set(job.repositoryId, of);
}

/** Those of the chosen versions that indexing would change: known ones that are not being worked on. */
export function indexable(library: Library, chosen: ReadonlySet<string>, unfinished: Unfinished) {
  return library.versions.filter(({ name }) => chosen.has(name) && !unfinished.has(name));
}

export function indexedCount({ versions }: Library): number {
  return versions.filter(({ state }) => state === 'indexed').length;
}
