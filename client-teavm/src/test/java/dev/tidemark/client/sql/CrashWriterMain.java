package dev.tidemark.client.sql;

import dev.tidemark.client.browser.PlainObject;
import dev.tidemark.client.browser.Timers;
import dev.tidemark.client.browser.WorkerScope;

/**
 * A worker that takes the database as soon as it can, tells what it found, and then commits without
 * end, telling each commit, until somebody terminates it.
 */
public final class CrashWriterMain {
  private static final int RETRY_MILLIS = 10;
  private static final int LARGE_EVERY = 7;
  private static final int LARGE_ROWS = 3_000;

  private final WorkerScope scope = new WorkerScope();
  private final Sqlite sqlite;
  private int commits;

  private CrashWriterMain(Sqlite sqlite) {
    this.sqlite = sqlite;
  }

  /** Started by the page of {@link CrashFactsMain}. */
  public static void main(String[] arguments) {
    Sqlite.load(
        "/engine/sqlite/index.mjs",
        sqlite -> new CrashWriterMain(sqlite).take(),
        sentence -> new WorkerScope().post(PlainObject.create().put("failed", sentence)));
  }

  private void take() {
    sqlite.openPool(
        "crash",
        pool -> write(pool.open()),
        sentence -> {
          scope.post(PlainObject.create().put("refused", sentence));
          Timers.after(RETRY_MILLIS, this::take);
        });
  }

  private void write(WasmConnection db) {
    db.execute("CREATE TABLE IF NOT EXISTS t(id INTEGER PRIMARY KEY, made INTEGER, text TEXT)");
    WasmStatement check = db.prepare("PRAGMA integrity_check");
    check.step();
    String integrity = check.text(0);
    check.reset();
    WasmStatement last = db.prepare("SELECT coalesce(max(made), 0) FROM t");
    last.step();
    commits = (int) last.real(0);
    last.reset();
    scope.post(PlainObject.create().put("integrity", integrity).put("found", commits));
    commit(db);
  }

  private void commit(WasmConnection db) {
    commits++;
    db.durability(commits % 3 == 0 ? Durability.NORMAL : Durability.FULL);
    int rows = commits % LARGE_EVERY == 0 ? LARGE_ROWS : 3;
    WasmStatement insert = db.prepare("INSERT INTO t(made, text) VALUES(?, ?)");
    db.execute("BEGIN IMMEDIATE");
    for (int i = 0; i < rows; i++) {
      insert.bindInteger(1, commits);
      insert.bindText(2, "row " + i + " of commit " + commits + " ".repeat(400));
      insert.step();
      insert.reset();
    }
    db.execute("DELETE FROM t WHERE made < " + (commits - 10) + ";COMMIT");
    scope.post(PlainObject.create().put("committed", commits));
    Timers.nextTask(() -> commit(db));
  }
}
