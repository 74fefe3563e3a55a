import type { Worker, Workers } from '../api';

/** "2 of 4 at work". */
export function summary({ active, total }: Workers): string {
  return total === 0 ? 'none' : `${active} of ${total} at work`;
}

/** Workers by name, each kind counted from one, in the order in which the server tells them. */
export function named(workers: readonly Worker[]): readonly { name: string; worker: Worker }[] {
  const counts = { index: 0, embed: 0 };
  return workers.map((worker) => ({
    name: `${worker.kind === 'embed' ? 'Embedder' : 'Indexer'} ${++counts[worker.kind]}`,
    worker,
  }));
}
