import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MOST_ROWS, PAGE_ROWS, TimelineWindow, type TimelineSource } from './window';

interface Row {
  id: string;
  order_key: number;
}

/** A timeline in an array that answers and tells of changes like the engine does: later, and from the array as it is then. */
class ArraySource implements TimelineSource<Row> {
  private readonly watchers = new Set<() => void>();

  constructor(public rows: Row[]) {}

  older(before: number, limit: number): Promise<Row[]> {
    return Promise.resolve(this.rows.filter((row) => row.order_key < before).slice(-limit));
  }

  newer(after: number, limit: number): Promise<Row[]> {
    return Promise.resolve(this.rows.filter((row) => row.order_key > after).slice(0, limit));
  }

  watch(from: number, to: number, limit: number, callback: (rows: Row[]) => void) {
    const tell = () =>
      callback(
        this.rows.filter((row) => row.order_key >= from && row.order_key <= to).slice(-limit),
      );
    this.watchers.add(tell);
    return { close: () => void this.watchers.delete(tell) };
  }

  append(...rows: Row[]): void {
    this.rows = [...this.rows, ...rows];
    for (const tell of this.watchers) tell();
  }

  get watcherCount(): number {
    return this.watchers.size;
  }
}

/** Answers when it is told to. */
class SlowSource extends ArraySource {
  private readonly waiting: (() => void)[] = [];

  override older(before: number, limit: number): Promise<Row[]> {
    return this.later(super.older(before, limit));
  }

  override newer(after: number, limit: number): Promise<Row[]> {
    return this.later(super.newer(after, limit));
  }

  answer(): void {
    for (const go of this.waiting.splice(0)) go();
  }

  private later(rows: Promise<Row[]>): Promise<Row[]> {
    return new Promise((resolve) => this.waiting.push(() => resolve(rows)));
  }
}

class FailingSource extends ArraySource {
  fails = false;

  override async older(before: number, limit: number): Promise<Row[]> {
    if (this.fails) throw new Error('busy');
    return super.older(before, limit);
  }

  override async newer(after: number, limit: number): Promise<Row[]> {
    if (this.fails) throw new Error('busy');
    return super.newer(after, limit);
  }
}

const timeline = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: `m${at + 1}`, order_key: at + 1 }));

function shown(window: TimelineWindow<Row>): [number | undefined, number | undefined] {
  return [window.rows[0]?.order_key, window.rows.at(-1)?.order_key];
}

test('a long timeline is walked to the start and back with bounded rows and no gaps', async () => {
  const window = new TimelineWindow<Row>(new ArraySource(timeline(2_000)), () => {}, 0);
  const check = () => {
    assert.ok(window.rows.length <= MOST_ROWS);
    for (let at = 1; at < window.rows.length; at++) {
      assert.equal(window.rows[at]!.order_key, window.rows[at - 1]!.order_key + 1);
    }
  };
  await window.showEnd();
  assert.deepEqual(shown(window), [2_000 - PAGE_ROWS + 1, 2_000]);
  while (!window.atStart) {
    await window.loadOlder();
    check();
  }
  assert.equal(window.rows[0]?.order_key, 1);
  assert.equal(window.atEnd, false);
  while (!window.atEnd) {
    await window.loadNewer();
    check();
  }
  assert.equal(window.rows.at(-1)?.order_key, 2_000);
  window.close();
});

test('at the end new rows appear, and a flood of them stays bounded', async () => {
  const source = new ArraySource(timeline(10));
  const window = new TimelineWindow<Row>(source, () => {});
  await window.showEnd();
  assert.equal(window.atStart, true);
  source.append({ id: 'm11', order_key: 11 });
  assert.deepEqual(shown(window), [1, 11]);
  source.append(...timeline(2_000).slice(11));
  assert.equal(window.rows.length, MOST_ROWS);
  assert.deepEqual(shown(window), [2_000 - MOST_ROWS + 1, 2_000]);
  assert.equal(window.atStart, false);
  window.close();
});

test('away from the end new rows do not come in', async () => {
  const source = new ArraySource(timeline(1_000));
  const window = new TimelineWindow<Row>(source, () => {});
  await window.showAround(500);
  const before = shown(window);
  assert.ok(before[0]! <= 500 && before[1]! >= 500);
  source.append({ id: 'm1001', order_key: 1_001 });
  assert.deepEqual(shown(window), before);
  window.close();
});

test('an answer that comes after the window moved elsewhere is dropped', async () => {
  const window = new TimelineWindow<Row>(new ArraySource(timeline(1_000)), () => {});
  await window.showEnd();
  const stale = window.loadOlder();
  const moved = window.showStart();
  await Promise.all([stale, moved]);
  assert.deepEqual(shown(window), [1, PAGE_ROWS]);
  window.close();
});

test('while the end is on its way, nothing is fetched at the ends of what is shown until then', async () => {
  const source = new SlowSource(timeline(2_000));
  const window = new TimelineWindow<Row>(source, () => {}, 0);
  const start = window.showStart();
  source.answer();
  await start;
  const end = window.showEnd();
  const newer = window.loadNewer();
  source.answer();
  await Promise.all([end, newer]);
  assert.deepEqual(shown(window), [2_000 - PAGE_ROWS + 1, 2_000]);
  assert.ok(window.atEnd);
  window.close();
});

test('what could not be fetched leaves the rows that are shown live', async () => {
  const source = new FailingSource(timeline(100));
  const window = new TimelineWindow<Row>(source, () => {}, 0);
  await window.showEnd();
  source.fails = true;
  await assert.rejects(window.loadOlder());
  await assert.rejects(window.showStart());
  source.append({ id: 'late', order_key: 101 });
  assert.deepEqual(shown(window), [51, 101]);
  window.close();
});

test('a closed window watches nothing', async () => {
  const source = new ArraySource(timeline(100));
  const window = new TimelineWindow<Row>(source, () => {}, 0);
  await window.showEnd();
  await window.loadOlder();
  window.close();
  assert.equal(source.watcherCount, 0);
});
