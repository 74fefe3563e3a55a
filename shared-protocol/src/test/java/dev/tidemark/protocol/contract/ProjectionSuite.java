package dev.tidemark.protocol.contract;

import dev.tidemark.protocol.database.Database;
import dev.tidemark.protocol.database.SqlConnection;
import dev.tidemark.protocol.database.SqlDatabase;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.protocol.projection.StateHash;
import dev.tidemark.protocol.schema.ReplicaTables.Events;
import dev.tidemark.protocol.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Replays logs and tells what became of every table, as lines {@code SCENARIO/SPACE TABLE HASH}.
 * Two platforms whose lines are equal project alike. What must hold within one platform (a replay
 * changes nothing, an erased log gives the same rows, an undo leaves nothing behind) is checked
 * here and thrown as {@link IllegalStateException}.
 */
public final class ProjectionSuite {
  private static final int RANDOM_EVENTS = 600;
  private static final int BATCH_EVENTS = 200;

  private final Transactions transactions;
  private final Database database;
  private final Replica replica;
  private final List<String> lines = new ArrayList<>();

  /** How a batch is made to count wholly or not at all. */
  private interface Transactions {
    void run(Runnable batch);
  }

  private ProjectionSuite(
      Transactions transactions, Database database, @Nullable Function<String, JsonObject> parser) {
    this.transactions = transactions;
    this.database = database;
    this.replica = new Replica(database, parser);
  }

  /**
   * Runs everything on an empty SQLite database, with the lines of {@link SearchAndViews} at the
   * end.
   *
   * @param parser the platform's JSON parser, through which every event is sent, or null to leave
   *     the wire out: the lines stay the same
   */
  public static List<String> run(
      SqlConnection connection, @Nullable Function<String, JsonObject> parser) {
    Schema.migrateReplica(connection);
    Transactions transactions =
        batch -> {
          connection.execute("BEGIN IMMEDIATE");
          batch.run();
          connection.execute("COMMIT");
        };
    SqlDatabase database = new SqlDatabase(connection);
    List<String> lines = new ProjectionSuite(transactions, database, parser).scenarios();
    lines.addAll(SearchAndViews.lines(connection, database));
    return lines;
  }

  /** Runs what needs no SQL, on any database that is empty. */
  public static List<String> run(Database database, @Nullable Function<String, JsonObject> parser) {
    return new ProjectionSuite(Runnable::run, database, parser).scenarios();
  }

  private List<String> scenarios() {
    scripted();
    random(1);
    random(2);
    random(3);
    rebase();
    return lines;
  }

  private void scripted() {
    List<Event> events = ScriptedLog.events("scripted");
    apply(events);
    note("scripted", "scripted");
    replayed(events);
    erased(events);
  }

  /** Three spaces with the same ids whose events arrive in turns. */
  private void random(int seed) {
    List<RandomLog> logs = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      logs.add(new RandomLog(seed * 10 + logs.size(), "random-" + seed + name));
    }
    for (int done = 0; done < RANDOM_EVENTS; done += BATCH_EVENTS) {
      List<Event> batch = new ArrayList<>();
      for (RandomLog log : logs) {
        int from = log.log().events().size();
        log.grow(BATCH_EVENTS);
        batch.addAll(log.log().events().subList(from, log.log().events().size()));
      }
      apply(batch);
    }
    for (RandomLog log : logs) {
      note("random-" + seed, log.log().space());
    }
    replayed(logs.getFirst().log().events());
    erased(logs.getFirst().log().events());
  }

  private void replayed(List<Event> events) {
    String space = events.getFirst().space();
    List<String> before = hashes(space);
    apply(events);
    require(before.equals(hashes(space)), "a replay of " + space + " changed rows");
  }

  private void erased(List<Event> events) {
    String space = events.getFirst().space();
    List<String> before = rowHashes(space);
    transactions.run(() -> replica.forget(space));
    apply(Replica.erased(events));
    require(before.equals(rowHashes(space)), "the erased log of " + space + " gives other rows");
  }

  /** Own events wait while others' are confirmed, and are undone and redone around them. */
  private void rebase() {
    String space = "rebase";
    RandomLog log = new RandomLog(77, space);
    log.grow(400);
    apply(log.log().events());
    List<Event> pending = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      pending.add(log.pending("ada"));
    }
    while (!pending.isEmpty()) {
      List<String> before = rowHashes(space);
      transactions.run(() -> {
        List<RecordingDatabase> applied = project(pending);
        note("rebase-" + pending.size(), space);
        for (RecordingDatabase one : applied.reversed()) {
          one.undo();
        }
      });
      require(before.equals(rowHashes(space)), pending.size() + " undone events left a trace");
      int from = log.log().events().size();
      for (int i = 0; i < 10; i++) {
        log.grow(2);
        log.log().confirm(pending.removeFirst());
      }
      apply(log.log().events().subList(from, log.log().events().size()));
    }
    note("rebase-0", space);
    List<String> rebased = hashes(space);
    transactions.run(() -> replica.forget(space));
    apply(log.log().events());
    require(rebased.equals(hashes(space)), "rebasing and replaying differ");
  }

  private List<RecordingDatabase> project(List<Event> pending) {
    List<RecordingDatabase> applied = new ArrayList<>();
    for (Event event : pending) {
      applied.add(replica.applyPending(event, applied.size() + 1L));
    }
    return applied;
  }

  private void apply(List<Event> events) {
    for (int from = 0; from < events.size(); from += BATCH_EVENTS) {
      List<Event> batch = events.subList(from, Math.min(events.size(), from + BATCH_EVENTS));
      transactions.run(() -> replica.apply(batch));
    }
  }

  private void note(String scenario, String space) {
    for (String hash : hashes(space)) {
      lines.add(scenario + "/" + space + " " + hash);
    }
  }

  private List<String> hashes(String space) {
    List<String> hashes = rowHashes(space);
    hashes.add("events " + StateHash.ofTable(database, Events.TABLE, space));
    return hashes;
  }

  private List<String> rowHashes(String space) {
    List<String> hashes = new ArrayList<>();
    StateHash.ofSpace(database, space).forEach((table, hash) -> hashes.add(table + " " + hash));
    return hashes;
  }

  static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}
