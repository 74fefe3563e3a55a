import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { onStatus, status, type Subscription } from '../../engine/engine';
import { askServer } from './found';
import type { ServerState } from './server-words';

/** The server is asked when nothing was typed for this long. */
const PAUSE_MILLIS = 160;
const HAS_WORD = /[\p{L}\p{N}]/u;

/**
 * The server's part of a search while one types: asked after a pause, the request given up when the text changes. An answer belongs to
 * the text that is there when it comes, or it is not shown. Asks again when the connection returns.
 */
export class ServerSearch implements ReactiveController {
  state: ServerState = { kind: 'idle' };
  private text = '';
  private due: ReturnType<typeof setTimeout> | undefined;
  private asked: AbortController | undefined;
  private connection: Subscription | undefined;

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostConnected(): void {
    this.connection = onStatus(({ online }) => {
      if (online && this.state.kind === 'offline') this.begin();
    });
  }

  hostDisconnected(): void {
    this.connection?.close();
    this.giveUp();
  }

  /** The text is this now; spaces around it mean nothing. */
  search(typed: string): void {
    const text = typed.trim();
    if (text === this.text) return;
    this.text = text;
    this.begin();
  }

  private begin(): void {
    this.giveUp();
    if (!HAS_WORD.test(this.text)) {
      this.become({ kind: 'idle' });
    } else if (status().online) {
      this.become({ kind: 'asking' });
      this.due = setTimeout(() => void this.ask(), PAUSE_MILLIS);
    } else {
      this.become({ kind: 'offline' });
    }
  }

  private async ask(): Promise<void> {
    const asked = new AbortController();
    this.asked = asked;
    const answer = await askServer(this.text, asked.signal);
    if (asked.signal.aborted) return;
    this.become(
      answer.ok
        ? { kind: 'found', answer: answer.value }
        : { kind: 'failed', problem: answer.problem },
    );
  }

  private giveUp(): void {
    clearTimeout(this.due);
    this.asked?.abort();
    this.asked = undefined;
  }

  private become(state: ServerState): void {
    this.state = state;
    this.host.requestUpdate();
  }
}
