package dev.tidemark.client.owner;

import dev.tidemark.client.query.ResultDiff;
import dev.tidemark.client.sql.WasmConnection;
import dev.tidemark.client.tabs.Call;
import dev.tidemark.protocol.json.JsonParser;
import dev.tidemark.protocol.schema.Schema;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a standby does while it waits: it plays the first moments of an owner on a database in
 * memory. The browser compiles wasm and scripts when they are first used; without this, that falls
 * into the take-over. It comes in parts, so that a take-over in the middle of it need not wait.
 */
final class Rehearsal {
  private static final String TAB = "rehearsal";
  private static final String TIMELINE =
      "select * from messages where space = 'rehearsal' and channel = 'rehearsal'"
          + " and thread is null and order_key < 9000000000000000 order by order_key desc limit 50";

  private final WasmConnection memory;
  private final Iterator<Runnable> parts;
  private @Nullable Owner owner;

  /**
   * Nothing is played yet.
   *
   * @param empty a database without tables, which is closed at the end
   */
  Rehearsal(WasmConnection empty, JsonParser json) {
    memory = empty;
    List<Runnable> all = new ArrayList<>();
    Schema.newReplica().forEach(script -> all.add(() -> memory.execute(script)));
    all.add(() -> serve(json));
    all.add(this::ask);
    all.add(this::subscribe);
    parts = all.iterator();
  }

  private void serve(JsonParser json) {
    owner =
        new Owner(
            new SqlReplicaStore(memory),
            json,
            (space, message) -> List.of(),
            new WasmQueryEngine(memory),
            TAB,
            true,
            null,
            event -> {});
  }

  private Owner serving() {
    return Objects.requireNonNull(owner, "an earlier part made it");
  }

  private void ask() {
    serving().connected(TAB, 1, new Nobody());
    serving().called(TAB, 1, serving().epoch(), new Call.Query(TIMELINE, null));
  }

  private void subscribe() {
    serving().subscribe(TAB, 2, TIMELINE, null);
    serving().flush();
  }

  /** Plays the next part, some tens of milliseconds; false where none is left. */
  boolean playOn() {
    if (!parts.hasNext()) {
      return false;
    }
    parts.next().run();
    return true;
  }

  /** Ends it, wherever it is. */
  void end() {
    memory.close();
  }

  /** A page that listens to nothing. */
  private static final class Nobody implements PageLink {
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
    public void status(OwnerStatus status) {}
  }
}
