package dev.tidemark.client.query;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.tidemark.client.query.RandomQueries.Query;
import dev.tidemark.protocol.contract.RandomLog;
import dev.tidemark.protocol.contract.RecordingDatabase;
import dev.tidemark.protocol.contract.SmallRandom;
import dev.tidemark.protocol.database.Change;
import dev.tidemark.protocol.database.Table;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.schema.ReplicaTables.Outbox;
import dev.tidemark.protocol.schema.ReplicaTables.Setting;
import dev.tidemark.protocol.schema.ReplicaTables.Space;
import dev.tidemark.protocol.schema.WorkspaceTables;
import dev.tidemark.protocol.schema.WorkspaceTables.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random queries beside random commits: after each commit, every query that was not called affected
 * must give what it gave before, and every result kept without asking must equal a fresh one.
 */
final class LiveQueriesPropertyTest {
  private static final int SEEDS = Integer.getInteger("tidemark.query.seeds", 60);
  private static final int FIRST_SEED = Integer.getInteger("tidemark.query.seed", 1);
  private static final int COMMITS = 60;
  private static final int QUERIES = 60;
  private static final List<String> SPACES = List.of("s1", "s2");

  private final Statistics statistics = new Statistics();

  private static final class Statistics {
    int queries;
    int narrow;
    int maintained;
    int joined;
    int checked;
    int affected;
    int altered;
    int incremental;
    int fills;
  }

  @Test
  void a_live_result_always_equals_a_fresh_query() {
    for (int seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      try (Run run = new Run(seed)) {
        run.commits();
      }
    }
    System.out.println(
        statistics.queries
            + " queries, "
            + statistics.narrow
            + " analysed, "
            + statistics.maintained
            + " maintained, "
            + statistics.joined
            + " with joins; "
            + statistics.checked
            + " checks, "
            + statistics.altered
            + " results altered, "
            + statistics.affected
            + " called affected, "
            + statistics.incremental
            + " kept without asking, "
            + statistics.fills
            + " filled again");
    assertTrue(statistics.incremental > statistics.fills, "most results are kept without asking");
  }

  private final class Run implements AutoCloseable {
    private final int seed;
    private final SmallRandom random;
    private final QueriedReplica replica = new QueriedReplica();
    private final List<RandomLog> logs = new ArrayList<>();
    private final Map<String, Integer> applied = new HashMap<>();
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final Subscriptions<Integer> subscriptions = new Subscriptions<>();
    private final List<Live> live = new ArrayList<>();
    private long outboxNumber;

    Run(int seed) {
      this.seed = seed;
      this.random = new SmallRandom(seed);
      for (String space : SPACES) {
        logs.add(new RandomLog(random.below(1_000_000), space));
        applied.put(space, 0);
      }
    }

    private record Pending(Event event, RecordingDatabase recording) {}

    void commits() {
      for (int i = 0; i < 8; i++) {
        write();
      }
      replica.commit();
      RandomQueries queries = new RandomQueries(random, SPACES);
      for (int i = 0; i < QUERIES; i++) {
        Live query = new Live(queries.next(), replica, random.below(4));
        live.add(query);
        subscriptions.add(i, query.shape);
      }
      for (int i = 0; i < COMMITS; i++) {
        for (int writes = random.below(3); writes >= 0; writes--) {
          write();
        }
        check(replica.commit());
      }
    }

    private void check(List<Change> changes) {
      Map<Integer, List<Change>> matched = subscriptions.match(changes);
      for (int i = 0; i < live.size(); i++) {
        Live query = live.get(i);
        statistics.checked++;
        List<Change> ofQuery = matched.get(i);
        boolean isAltered = query.check(replica, ofQuery, seed, changes);
        statistics.altered += isAltered ? 1 : 0;
        statistics.affected += ofQuery != null ? 1 : 0;
      }
    }

    private void write() {
      int dice = random.below(100);
      RandomLog log = random.pick(logs);
      if (dice < 50) {
        log.grow(1 + random.below(4));
        confirm(log);
      } else if (dice < 65) {
        writePending(log);
      } else if (dice < 75) {
        rebase(log);
      } else if (dice < 85) {
        changeAnyRow();
      } else if (dice < 97) {
        changeReplicaTables();
      } else if (dice < 98 && pending.isEmpty()) {
        replica.replica().forget(log.log().space());
        applied.put(log.log().space(), log.log().events().size());
      }
    }

    private void confirm(RandomLog log) {
      List<Event> events = log.log().events();
      int from = applied.getOrDefault(log.log().space(), 0);
      undoPending();
      replica.replica().apply(events.subList(from, events.size()));
      applied.put(log.log().space(), events.size());
      redoPending();
    }

    private void undoPending() {
      for (Pending last : pending.reversed()) {
        last.recording().undo();
      }
    }

    private void redoPending() {
      List<Pending> all = new ArrayList<>(pending);
      pending.clear();
      for (Pending one : all) {
        project(one.event());
      }
    }

    private void project(Event event) {
      pending.add(new Pending(event, replica.replica().applyPending(event, ++outboxNumber)));
    }

    private void writePending(RandomLog log) {
      if (pending.size() < 5) {
        project(log.pending("ada"));
      }
    }

    /** The server confirms the oldest pending event. */
    private void rebase(RandomLog log) {
      Pending first = pending.peekFirst();
      if (first != null && first.event().space().equals(log.log().space())) {
        undoPending();
        pending.removeFirst();
        log.log().confirm(first.event());
        List<Event> events = log.log().events();
        int from = applied.getOrDefault(log.log().space(), 0);
        replica.replica().apply(events.subList(from, events.size()));
        applied.put(log.log().space(), events.size());
        redoPending();
      }
    }

    /** What no projection does today: any row may change in any column beside its key, or go. */
    private void changeAnyRow() {
      if (!pending.isEmpty()) {
        return;
      }
      Table table = random.pick(WorkspaceTables.ALL);
      List<@Nullable Object[]> rows = replica.database().scan(table, 1000);
      if (rows.isEmpty()) {
        return;
      }
      @Nullable Object[] before = random.pick(rows);
      if (random.chance(25)) {
        replica.database().delete(table, before);
        return;
      }
      @Nullable Object[] other = random.pick(rows);
      int column = table.key().size() + random.below(before.length - table.key().size() + 1) - 1;
      boolean isKey = column < table.key().size();
      boolean isOrder = table == Message.TABLE && column == Message.ORDER_KEY;
      if (!isKey && !isOrder) {
        @Nullable Object[] after = before.clone();
        after[column] = other[column];
        replica.database().update(table, before, after);
      }
    }

    private void changeReplicaTables() {
      String space = random.pick(SPACES);
      switch (random.below(4)) {
        case 0 -> put(Setting.TABLE, Setting.USER, random.pick(List.of("ada", "ben")));
        case 1 -> put(Setting.TABLE, "other", random.pick(List.of("1", "2")));
        case 2 ->
            put(
                Space.TABLE,
                space,
                "the " + space,
                "member",
                (long) random.below(200),
                random.chance(50) ? 1L : 0L);
        default -> {
          Object number = (long) (1 + random.below(5));
          @Nullable Object[] before = replica.database().find(Outbox.TABLE.key(), number);
          if (before == null) {
            replica
                .database()
                .insert(
                    Outbox.TABLE,
                    new @Nullable Object[] {
                      number,
                      space,
                      "message-" + number,
                      "t",
                      "ada",
                      1L,
                      1L,
                      "{}",
                      1L,
                      null,
                      null,
                      null
                    });
          } else if (random.chance(50)) {
            @Nullable Object[] after = before.clone();
            after[Outbox.STATE] = (long) random.below(3);
            replica.database().update(Outbox.TABLE, before, after);
          } else {
            replica.database().delete(Outbox.TABLE, before);
          }
        }
      }
    }

    private void put(Table table, @Nullable Object... row) {
      Object key = row[0];
      @Nullable Object[] before = key == null ? null : replica.database().find(table.key(), key);
      if (before == null) {
        replica.database().insert(table, row);
      } else if (!Arrays.equals(before, row)) {
        replica.database().update(table, before, row);
      }
    }

    @Override
    public void close() {
      replica.close();
    }
  }

  private final class Live {
    private final Query query;
    private final QueryShape shape;
    private final @Nullable IncrementalQuery incremental;
    private ResultSet last;

    Live(Query query, QueriedReplica replica, int spareRows) {
      this.query = query;
      this.shape = QueryShape.analyse(query.sql(), query.values(), Set.of());
      this.incremental = shape.incremental(spareRows);
      statistics.queries++;
      statistics.narrow += shape.isNarrow() ? 1 : 0;
      statistics.maintained += incremental == null ? 0 : 1;
      statistics.joined += incremental != null && query.sql().contains(" join ") ? 1 : 0;
      this.last = replica.run(query.sql(), query.values());
      if (incremental != null) {
        ResultSet filled =
            incremental.fill(replica.run(incremental.fillSql(), incremental.fillParameters()));
        if (!rows(filled).equals(rows(last)) || !filled.columns().equals(last.columns())) {
          fail(
              "first result of "
                  + query
                  + ": "
                  + filled.columns()
                  + rows(filled)
                  + " instead of "
                  + last.columns()
                  + rows(last));
        }
      }
    }

    /** Checks the result after a commit; tells whether it is another one. */
    boolean check(
        QueriedReplica replica, @Nullable List<Change> ofQuery, int seed, List<Change> changes) {
      ResultSet fresh = replica.run(query.sql(), query.values());
      ResultSet live = ofQuery == null ? last : next(replica, fresh, ofQuery);
      if (!rows(live).equals(rows(fresh))) {
        fail(
            "seed "
                + seed
                + ": "
                + query
                + "\n"
                + (ofQuery == null ? "missed" : "kept wrongly, " + ofQuery.size() + " changes")
                + "\n live  "
                + rows(live)
                + "\n fresh "
                + rows(fresh)
                + "\n"
                + text(changes));
      }
      boolean isAltered = !rows(last).equals(rows(fresh));
      ResultDiffTest.checkDifference(last, live);
      last = live;
      return isAltered;
    }

    private ResultSet next(QueriedReplica replica, ResultSet fresh, List<Change> ofQuery) {
      if (incremental == null) {
        return fresh;
      }
      statistics.incremental++;
      return switch (incremental.apply(ofQuery)) {
        case IncrementalQuery.Outcome.Same same -> last;
        case IncrementalQuery.Outcome.Changed changed -> changed.result();
        case IncrementalQuery.Outcome.NeedsFill needsFill -> {
          statistics.fills++;
          yield incremental.fill(replica.run(incremental.fillSql(), incremental.fillParameters()));
        }
      };
    }
  }

  private static List<List<@Nullable Object>> rows(ResultSet result) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (@Nullable Object[] row : result.rows()) {
      rows.add(Arrays.asList(row));
    }
    return rows;
  }

  private static String text(List<Change> changes) {
    StringBuilder text = new StringBuilder();
    for (Change change : changes) {
      text.append(change.table())
          .append(' ')
          .append(Arrays.toString(change.before()))
          .append(" -> ")
          .append(Arrays.toString(change.after()))
          .append('\n');
    }
    return text.toString();
  }
}
