/** What a request came to: the answer, or a problem in words that can be shown. */
export type Answer<T> = { ok: true; value: T } | { ok: false; problem: Problem };

export interface Problem {
  /** HTTP status, 0 when no answer came. */
  status: number;
  code: string;
  detail: string;
}

const PATIENCE_MILLIS = 10_000;

export interface Patience {
  /** How long an answer may take; ten seconds when not given. */
  millis?: number;
  /** Gives up earlier, like an unreachable server. */
  signal?: AbortSignal;
}

/** One request to the server's `/api/v1`. Never throws for an unreachable or refusing server. */
export async function request<T>(
  method: string,
  path: string,
  body?: unknown,
  { millis = PATIENCE_MILLIS, signal }: Patience = {},
): Promise<Answer<T>> {
  const patience = AbortSignal.timeout(millis);
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, {
      method,
      headers: {
        'Tidemark-Protocol': '1',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: signal ? AbortSignal.any([patience, signal]) : patience,
    });
  } catch {
    return {
      ok: false,
      problem: { status: 0, code: 'unreachable', detail: 'The server cannot be reached.' },
    };
  }
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return { ok: true, value: answer as T };
  return { ok: false, problem: toProblem(response.status, answer) };
}

function toProblem(status: number, answer: unknown): Problem {
  const given = (typeof answer === 'object' && answer !== null ? answer : {}) as Partial<
    Record<'code' | 'detail' | 'title', string>
  >;
  return {
    status,
    code: given.code ?? `http-${status}`,
    detail: given.detail ?? given.title ?? `The server answered with status ${status}.`,
  };
}
