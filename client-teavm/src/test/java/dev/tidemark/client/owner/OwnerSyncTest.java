package dev.tidemark.client.owner;

import static dev.tidemark.client.owner.ReplicaFixture.SPACE;
import static dev.tidemark.client.owner.ReplicaFixture.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.tidemark.client.query.ResultDiff;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.jvm.JacksonJson;
import dev.tidemark.simulation.SqlQueries;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What sync does when the server's history is another one. */
final class OwnerSyncTest {
  private final ReplicaFixture ada = new ReplicaFixture();
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private int restarts;
  private @Nullable OwnerStatus shown;

  private final Owner owner = open();
  private final OwnerSync sync =
      new OwnerSync(
          owner,
          new OwnerSync.Tasks() {
            @Override
            public void next(Runnable task) {
              tasks.add(task);
            }

            @Override
            public void after(int millis, Runnable task) {
              tasks.add(task);
            }
          });

  private Owner open() {
    Event mine = ada.write(message("m1", "mine"));
    ada.confirm(mine);
    Owner opened =
        new Owner(
            ada.store,
            JacksonJson::parse,
            (space, message) -> ReplicaFixture.edits(ada.store, space, message),
            new SqlQueries(ada.connection),
            ReplicaFixture.USER,
            false,
            null,
            pending -> {});
    opened.connected("tab", 1, new Page());
    return opened;
  }

  private OwnerStatus shown() {
    return Objects.requireNonNull(shown, "a status was told");
  }

  @Test
  void a_changed_history_is_rebuilt_and_said_until_all_is_sent_again() {
    sync.historyChanged(SPACE, "Changed.", () -> restarts++);
    assertEquals(0, restarts, "not within the call");
    tasks.remove().run();
    assertEquals(1, restarts);
    assertEquals(1, sync.pending().size());
    assertEquals(SPACE + ":0", sync.cursor());
    sync.status(true, null, null);
    assertEquals("history-changed", shown().problemCode());
    owner.replica().apply(SPACE, ada.log, null);
    owner.flush();
    assertNull(shown().problemCode());
    assertEquals(0, shown().pending());
  }

  @Test
  void a_history_of_which_nothing_was_applied_stops_sync() {
    sync.historyChanged(SPACE, "Changed.", () -> restarts++);
    tasks.clear();
    sync.historyChanged(SPACE, "Changed again.", () -> restarts++);
    assertEquals(List.of(), List.copyOf(tasks));
    assertEquals("Changed again.", shown().problemDetail());
  }

  @Test
  void without_a_name_every_space_begins_anew() {
    sync.historyChanged(null, "Changed.", () -> restarts++);
    tasks.remove().run();
    assertEquals(0, owner.replica().position(SPACE));
    assertEquals(1, owner.replica().waiting());
  }

  @Test
  void without_room_for_it_sync_asks_again_later() {
    ada.connection.execute(
        "CREATE TEMP TRIGGER full_disk AFTER INSERT ON outbox_event BEGIN"
            + " SELECT RAISE(ROLLBACK, 'full'); END");
    sync.historyChanged(SPACE, "Changed.", () -> restarts++);
    assertEquals("history-changed", shown().problemCode());
    assertEquals(1, owner.replica().position(SPACE));
    tasks.remove().run();
    assertEquals(1, restarts);
  }

  /** Keeps the status. */
  private final class Page implements PageLink {
    @Override
    public void hello(long epoch) {}

    @Override
    public void answer(int call, @Nullable Object result) {}

    @Override
    public void fail(int call, String code, String detail, boolean retry) {}

    @Override
    public void rows(int subscription, List<String> columns, List<@Nullable Object[]> rows) {}

    @Override
    public void changed(int subscription, List<ResultDiff.Step> steps) {}

    @Override
    public void broken(int subscription, String code, String detail) {}

    @Override
    public void status(OwnerStatus status) {
      shown = status;
    }
  }
}
