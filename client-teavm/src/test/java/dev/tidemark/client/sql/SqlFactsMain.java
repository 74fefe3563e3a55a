package dev.tidemark.client.sql;

import static dev.tidemark.client.chromium.Facts.holds;
import static dev.tidemark.client.chromium.Facts.same;

import dev.tidemark.client.browser.Json;
import dev.tidemark.client.browser.PlainArray;
import dev.tidemark.client.chromium.Facts;
import dev.tidemark.protocol.database.SqlException;
import java.util.Set;
import java.util.function.Consumer;
import org.teavm.jso.JSBody;

/** Facts about the SQLite binding, checked in a dedicated worker on OPFS. */
public final class SqlFactsMain {
  private static final String MODULE = "/engine/sqlite/index.mjs";
  private static final String ASTRAL = "a\uD83C\uDF0A\u00e9\u4e2d z";

  private SqlFactsMain() {}

  /** Started by the test page. */
  public static void main(String[] arguments) {
    Facts facts = new Facts();
    Consumer<String> failed =
        sentence -> {
          facts.fail("the database opens", sentence);
          facts.done();
        };
    Sqlite.load(
        MODULE,
        sqlite -> {
          inMemory(facts, sqlite.openInMemory());
          sqlite.openPool(
              "facts",
              pool ->
                  stored(
                      facts,
                      pool,
                      () -> sqlite.openPool("facts", again -> reopened(facts, again), failed)),
              failed);
        },
        failed);
  }

  private static void inMemory(Facts facts, WasmConnection db) {
    facts.check("values_come_back_as_they_were_bound", () -> roundTrips(db));
    facts.check(
        "a_megabyte_of_text_comes_back",
        () -> {
          String mega = "0123456789abcdef".repeat(65536) + ASTRAL;
          same(mega, echo(db, mega));
          same("short", echo(db, "short"));
        });
    facts.check(
        "text_bound_by_an_outer_statement_survives_inner_ones",
        () -> {
          WasmStatement outer =
              db.prepare("WITH n(x) AS (VALUES(1),(2),(3)) SELECT ? || x, ? FROM n");
          outer.bindText(1, "outer");
          outer.bindText(2, ASTRAL);
          int rows = 0;
          while (outer.step()) {
            rows++;
            same("inner" + rows, echo(db, "inner" + rows));
            same("outer" + rows, outer.text(0));
            same(ASTRAL, outer.text(1));
          }
          outer.reset();
          same(3, rows);
        });
    facts.check("rows_and_tables_are_built_in_one_call", () -> results(db));
    facts.check("reading_is_told_from_writing", () -> inspections(db));
    facts.check(
        "an_error_names_code_sentence_and_statement",
        () -> {
          db.execute("CREATE TABLE once(id TEXT PRIMARY KEY)");
          WasmStatement insert = db.prepare("INSERT INTO once VALUES(?)");
          insert.bindText(1, "x");
          insert.step();
          insert.reset();
          insert.bindText(1, "x");
          SqlException failure = failure(insert::step);
          insert.reset();
          same(SqlException.CONSTRAINT, failure.code());
          holds(failure.toString().contains("UNIQUE"), failure.toString());
          holds(failure.toString().contains("INSERT INTO once"), failure.toString());
          same(1, failure(() -> db.prepare("SELEKT 1")).code());
          failure(() -> db.prepare("SELECT 1; SELECT 2"));
          failure(() -> db.prepare("  -- nothing"));
          same("still", echo(db, "still"));
        });
    facts.check(
        "a_read_without_end_is_broken_off",
        () -> {
          WasmStatement endless =
              db.prepare(
                  "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
                      + " SELECT count(*) FROM n");
          same(9, failure(() -> db.within(50, () -> endless.table(1))).code());
          same("still", echo(db, "still"));
        });
    facts.check(
        "changes_and_transactions_are_visible",
        () -> {
          db.execute("BEGIN; CREATE TABLE c(x); INSERT INTO c VALUES(1),(2),(3)");
          holds(db.inTransaction(), "a transaction is open");
          WasmStatement update = db.prepare("UPDATE c SET x=x+1 WHERE x>?");
          update.bindInteger(1, 1);
          update.step();
          update.reset();
          same(2, db.changes());
          db.execute("ROLLBACK");
          holds(!db.inTransaction(), "no transaction is open");
        });
    db.close();
  }

  private static void roundTrips(WasmConnection db) {
    same("", echo(db, ""));
    same(ASTRAL, echo(db, ASTRAL));
    same("plain", echo(db, "plain"));
    same("long ascii ".repeat(30), echo(db, "long ascii ".repeat(30)));
    same("\u0000inside", echo(db, "\u0000inside"));
    long[] integers = {
      0,
      -1,
      Integer.MAX_VALUE,
      Integer.MIN_VALUE,
      1L << 31,
      1L << 52,
      (1L << 53) - 1,
      1L << 53,
      (1L << 53) + 1,
      Long.MAX_VALUE,
      Long.MIN_VALUE
    };
    WasmStatement echo = db.prepare("SELECT ?1, typeof(?1)");
    for (long integer : integers) {
      echo.bindInteger(1, integer);
      echo.step();
      same(integer, echo.integer(0));
      same("integer", echo.text(1));
      same(Long.valueOf(integer), echo.value(0) instanceof Long given ? given : "no long");
      echo.reset();
    }
    echo.bind(1, 1.5);
    echo.step();
    same(1.5, echo.real(0));
    same("real", echo.text(1));
    echo.reset();
    echo.bindNull(1);
    echo.step();
    holds(echo.isNull(0), "null is null");
    holds(echo.value(0) == null, "null reads as null");
    echo.reset();
  }

  private static void results(WasmConnection db) {
    WasmStatement statement =
        db.prepare("SELECT ? AS a, ? AS b, ? AS c, ? AS d, x'00ff' IS NOT NULL AS e");
    statement.bindAll(PlainArray.create().push("text").push(9_007_199_254_740_991.0).push(1.5));
    same(
        "[{\"a\":\"text\",\"b\":9007199254740991,\"c\":1.5,\"d\":null,\"e\":1}]",
        Json.text(statement.rows(WasmStatement.ALL)));
    WasmStatement many = db.prepare("VALUES(1,'a'),(2,'b'),(3,'c')");
    same(
        "{\"names\":[\"column1\",\"column2\"],\"values\":[1,\"a\",2,\"b\"]}",
        Json.text(many.table(2)));
    same("[{\"column1\":1,\"column2\":\"a\"}]", Json.text(many.rows(1)));
  }

  private static void inspections(WasmConnection db) {
    db.execute(
        """
        CREATE TABLE t(a, b, c);
        CREATE TABLE u(a, d);
        CREATE VIEW v AS SELECT t.a AS a, u.d AS d FROM t JOIN u ON t.a = u.a;
        """);
    Reads join = db.inspect("SELECT d FROM v WHERE a = ?");
    holds(join.query(), "a join over a view only reads");
    same(Set.of("t", "u", "v"), join.tables());
    same(Set.of("a"), join.columns().getOrDefault("t", Set.of()));
    same(Set.of("a", "d"), join.columns().getOrDefault("u", Set.of()));
    same(Set.of("t"), db.inspect("SELECT count(*) FROM t").tables());
    holds(db.inspect("WITH x AS (SELECT 1 AS y) SELECT y FROM x").query(), "with reads");
    for (String text :
        new String[] {
          "DELETE FROM t",
          "INSERT INTO t VALUES(1,2,3) RETURNING a",
          "PRAGMA user_version",
          "BEGIN",
          "ATTACH ':memory:' AS other",
          "SELECT 1; SELECT 2",
          "CREATE TABLE w(x)"
        }) {
      holds(!db.inspect(text).query(), text + " is no query");
    }
    same(1, failure(() -> db.inspect("SELECT nothing FROM t")).code());
    db.execute("DROP VIEW v");
  }

  private static void stored(Facts facts, Pool pool, Runnable next) {
    facts.check(
        "a_commit_is_one_flush_when_full_and_none_when_normal",
        () -> {
          holds(pool.generation() == 0, "the database is new");
          WasmConnection db = pool.open();
          db.execute("CREATE TABLE kept(id INTEGER PRIMARY KEY, text TEXT)");
          WasmStatement insert = db.prepare("INSERT INTO kept(text) VALUES(?)");
          countFlushes();
          for (int i = 0; i < 10; i++) {
            insert.bindText(1, "row " + i);
            insert.step();
            insert.reset();
            same(i + 1, flushes());
          }
          db.durability(Durability.NORMAL);
          insert.bindText(1, ASTRAL);
          insert.step();
          insert.reset();
          same(10, flushes());
          db.durability(Durability.FULL);
          holds(db.checkpoint(), "the checkpoint ran");
          db.close();
        });
    pool.release();
    next.run();
  }

  private static void reopened(Facts facts, Pool pool) {
    facts.check(
        "a_closed_database_opens_again_with_its_rows",
        () -> {
          holds(pool.generation() == 1, "the database is there");
          WasmConnection db = pool.open();
          WasmStatement read = db.prepare("SELECT count(*), max(text) FROM kept");
          read.step();
          same(11L, read.integer(0));
          read.reset();
          WasmStatement mode = db.prepare("PRAGMA journal_mode");
          mode.step();
          same("wal", mode.text(0));
          mode.reset();
          db.close();
        });
    pool.remove(
        facts::done,
        sentence -> {
          facts.fail("the database can be removed", sentence);
          facts.done();
        });
  }

  private static String echo(WasmConnection db, String text) {
    WasmStatement echo = db.prepare("SELECT ?");
    echo.bindText(1, text);
    echo.step();
    String given = echo.text(0);
    echo.reset();
    return given;
  }

  private static SqlException failure(Runnable action) {
    try {
      action.run();
    } catch (SqlException expected) {
      return expected;
    }
    throw new AssertionError("no SqlException");
  }

  @JSBody(
      script =
          """
          var real = FileSystemSyncAccessHandle.prototype.flush;
          self.flushes = 0;
          FileSystemSyncAccessHandle.prototype.flush = function() {
            self.flushes++;
            return real.call(this);
          };
          """)
  private static native void countFlushes();

  @JSBody(script = "return self.flushes;")
  private static native int flushes();
}
