import type { Job, JobState } from '../api';

export type Action = 'pause' | 'resume' | 'cancel' | 'again';
export type Tone = 'neutral' | 'accent' | 'success' | 'warning' | 'danger';

/** How a state is called and coloured. */
export const STATE_WORDS: Record<JobState, { label: string; tone: Tone }> = {
  queued: { label: 'Queued', tone: 'neutral' },
  running: { label: 'Running', tone: 'accent' },
  paused: { label: 'Paused', tone: 'warning' },
  done: { label: 'Done', tone: 'success' },
  failed: { label: 'Failed', tone: 'danger' },
  cancelled: { label: 'Cancelled', tone: 'neutral' },
};

/** What can be done with a job in a state, the most likely first. */
export function actionsOf(state: JobState): readonly Action[] {
  switch (state) {
    case 'queued':
    case 'running':
      return ['pause', 'cancel'];
    case 'paused':
      return ['resume', 'cancel'];
    case 'failed':
    case 'cancelled':
      return ['again'];
    case 'done':
      return [];
  }
}

export const ACTION_WORDS: Record<Action, { label: string; busy: string; done: string }> = {
  pause: { label: 'Pause', busy: 'Pausing', done: 'is paused' },
  resume: { label: 'Resume', busy: 'Resuming', done: 'goes on' },
  cancel: { label: 'Cancel', busy: 'Cancelling', done: 'is cancelled' },
  again: { label: 'Run again', busy: 'Starting', done: 'is queued again' },
};

export function nameOf(job: Pick<Job, 'repositoryId' | 'version'>): string {
  return `${job.repositoryId} ${job.version}`;
}

const whole = new Intl.NumberFormat();

export function count(number: number, one: string, many = `${one}s`): string {
  return `${whole.format(number)} ${number === 1 ? one : many}`;
}

/** What a job has done so far, in words: "120 of 400 files, 3 skipped, 1,203 snippets (800 reused)". */
export function progressWords(job: Job): string {
  const words: string[] = [];
  if (job.filesTotal > 0) {
    words.push(
      job.filesDone >= job.filesTotal
        ? count(job.filesTotal, 'file')
        : `${whole.format(job.filesDone)} of ${count(job.filesTotal, 'file')}`,
    );
  }
  if (job.filesSkipped > 0) words.push(`${whole.format(job.filesSkipped)} skipped`);
  if (job.snippets > 0) {
    const reused = job.snippetsReused > 0 ? ` (${whole.format(job.snippetsReused)} reused)` : '';
    words.push(count(job.snippets, 'snippet') + reused);
  }
  return words.join(', ');
}

/** "0.4 s", "12 s", "3 min 05 s", "2 h 10 min". */
export function durationWords(millis: number): string {
  const seconds = Math.max(0, millis) / 1_000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  const two = (part: number) => String(Math.floor(part)).padStart(2, '0');
  if (minutes < 60) return `${minutes} min ${two(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}

/** How long a job has run or ran; undefined for one that has not begun. */
export function durationOf(job: Job, now: number): number | undefined {
  if (job.startedAt === null) return undefined;
  if (job.finishedAt !== null) return job.finishedAt - job.startedAt;
  return job.status === 'running' ? now - job.startedAt : undefined;
}
