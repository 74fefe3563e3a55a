import type { Status } from '../../engine/engine';

/** What stands in the way, for the banner; undefined while all is well. */
export interface Banner {
  tone: 'info' | 'warning' | 'danger';
  text: string;
}

/** Refusals of a server that is busy or just stopping: the engine tries again, and to people it is being offline. */
const PASSING: ReadonlySet<string> = new Set(['too-many', 'unavailable']);

/** What is wrong and does not pass by itself. */
export function lastingProblem({ problem }: Status): Status['problem'] {
  return problem && PASSING.has(problem.code) ? null : problem;
}

/** The line at the bottom left, in a few words. */
export function statusLine(status: Status, tabId: string | undefined): string {
  const parts = [status.online ? 'Connected' : 'Offline'];
  if (status.pending > 0) parts.push(`${status.pending} waiting`);
  if (status.refused > 0) parts.push(`${status.refused} refused`);
  parts.push(ownerWords(status, tabId));
  return parts.join(' · ');
}

export function ownerWords(status: Status, tabId: string | undefined): string {
  if (status.role === 'memory') return 'nothing is stored';
  if (status.owner === null) return 'opening the database';
  return status.owner === tabId ? 'database in this tab' : 'database in another tab';
}

/**
 * @param messages own messages that wait to be sent
 * @param changes everything else that waits
 */
export function banner(status: Status, messages: number, changes: number): Banner | undefined {
  if (status.role === 'memory') {
    return {
      tone: 'warning',
      text: 'This window cannot store anything (a private window, perhaps). You can read; what you write is sent only while you are connected, and is gone when the window closes.',
    };
  }
  if (status.problem?.code === 'not-signed-in') {
    return {
      tone: 'warning',
      text: 'Your session has ended. You can read and write; reload the page to sign in again, then it will be sent.',
    };
  }
  if (status.problem?.code === 'engine-broken') {
    return {
      tone: 'danger',
      text: `The database on this device does not open, so nothing can be shown or written. Nothing was deleted. Closing the other tabs of Tidemark and reloading often helps. (${status.problem.detail})`,
    };
  }
  const problem = lastingProblem(status);
  if (problem) return { tone: 'danger', text: problem.detail };
  if (status.online) return undefined;
  return { tone: 'info', text: `You are offline. ${waitingWords(messages, changes)}` };
}

/** Being this far behind is worth a word; less is caught up within a moment. */
const FAR_BEHIND_EVENTS = 2_000;

/** While a device fetches a long history: how far it is. */
export function catchingUp(head: number, position: number): Banner | undefined {
  const behind = head - position;
  if (behind < FAR_BEHIND_EVENTS) return undefined;
  const percent = Math.floor((100 * position) / head);
  return {
    tone: 'info',
    text: `Bringing your messages to this device: ${percent} %. You can read and write meanwhile.`,
  };
}

function waitingWords(messages: number, changes: number): string {
  if (messages === 0 && changes === 0) {
    return 'You can read and write; what you write will be sent when you are back.';
  }
  const count = (number: number, one: string) => `${number} ${one}${number === 1 ? '' : 's'}`;
  const parts = [
    ...(messages > 0 ? [count(messages, 'message')] : []),
    ...(changes > 0 ? [count(changes, messages > 0 ? 'other change' : 'change')] : []),
  ];
  return `${parts.join(' and ')} will be sent when you are back.`;
}
