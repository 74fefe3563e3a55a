package dev.tidemark.client.owner;

import dev.tidemark.client.browser.BrowserJsonObject;
import dev.tidemark.client.browser.PlainArray;
import dev.tidemark.client.query.ResultDiff;
import dev.tidemark.client.sql.Sqlite;
import dev.tidemark.client.sql.WasmConnection;
import dev.tidemark.client.tabs.Call;
import dev.tidemark.protocol.schema.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a standby does while it waits: it plays the first moments of an owner on a database in
 * memory. The browser compiles wasm and scripts when they are first used; without this, that falls
 * into the take-over.
 */
final class Rehearsal {
  private static final String TAB = "rehearsal";
  private static final String TIMELINE =
      "select * from messages where space = ? and channel = ? and thread is null"
          + " and order_key < ? order by order_key desc limit ?";

  private Rehearsal() {}

  static void play(Sqlite sqlite) {
    WasmConnection memory = sqlite.openInMemory();
    try {
      Schema.migrateReplica(memory);
      Owner owner =
          new Owner(
              new SqlReplicaStore(memory),
              BrowserJsonObject::parse,
              (space, message) -> List.of(),
              new WasmQueryEngine(memory),
              TAB,
              true,
              null,
              event -> {});
      owner.connected(TAB, 1, new Nobody());
      PlainArray parameters = PlainArray.create().push(TAB).push(TAB).push(9e15).push(50);
      owner.called(TAB, 1, owner.epoch(), new Call.Query(TIMELINE, parameters));
      owner.subscribe(TAB, 2, TIMELINE, parameters);
      owner.flush();
    } finally {
      memory.close();
    }
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
