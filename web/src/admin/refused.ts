import type { Answer } from '../app/http';

const listeners = new Set<() => void>();

/** Calls back when the server no longer takes us for an admin. */
export function onRefused(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Passes an answer on, and tells the page when it says that we are not signed in or no admin any more. */
export function noticing<T>(answer: Answer<T>): Answer<T> {
  if (!answer.ok && (answer.problem.status === 401 || answer.problem.status === 403)) {
    for (const listener of listeners) listener();
  }
  return answer;
}
