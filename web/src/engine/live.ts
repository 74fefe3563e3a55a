import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { onStatus, status, subscribe, type Status, type Subscription, type Value } from './engine';

/** Rows of a live query for one element; the element renders again on every change. */
export class Live<T> implements ReactiveController {
  rows: readonly T[] = [];
  /** Whether the rows are an answer yet, rather than the empty start. */
  ready = false;
  private sql = '';
  private params: readonly Value[] = [];
  private subscription: Subscription | undefined;

  constructor(
    private readonly host: ReactiveControllerHost & { readonly isConnected: boolean },
    private readonly onRows?: (rows: readonly T[]) => void,
  ) {
    host.addController(this);
  }

  /** Asks this question from now on; asking the same again costs nothing. */
  ask(sql: string, params: readonly Value[] = []): void {
    if (sql === this.sql && sameValues(params, this.params)) return;
    this.sql = sql;
    this.params = params;
    this.rows = [];
    this.ready = false;
    this.stop();
    if (this.host.isConnected) this.start();
  }

  /** Asks nothing; there are no rows. */
  ignore(): void {
    this.sql = '';
    this.params = [];
    this.rows = [];
    this.ready = false;
    this.stop();
  }

  hostConnected(): void {
    this.start();
  }

  hostDisconnected(): void {
    this.stop();
  }

  private start(): void {
    if (this.sql === '' || this.subscription) return;
    this.subscription = subscribe<T>(this.sql, this.params, (rows) => {
      this.rows = rows;
      this.ready = true;
      this.onRows?.(rows);
      this.host.requestUpdate();
    });
  }

  private stop(): void {
    this.subscription?.close();
    this.subscription = undefined;
  }
}

/** The engine's status for one element. */
export class LiveStatus implements ReactiveController {
  value: Status = status();
  private subscription: Subscription | undefined;

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostConnected(): void {
    this.subscription = onStatus((value) => {
      this.value = value;
      this.host.requestUpdate();
    });
  }

  hostDisconnected(): void {
    this.subscription?.close();
    this.subscription = undefined;
  }
}

function sameValues(a: readonly Value[], b: readonly Value[]): boolean {
  return a.length === b.length && a.every((value, at) => value === b[at]);
}
