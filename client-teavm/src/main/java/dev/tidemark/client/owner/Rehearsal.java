package dev.tidemark.client.owner;

import dev.tidemark.client.query.ResultDiff;
import dev.tidemark.client.tabs.Call;
import dev.tidemark.protocol.database.Store;
import dev.tidemark.protocol.json.JsonParser;
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
      "select * from messages where space = 'rehearsal' and channel = 'rehearsal'"
          + " and thread is null and order_key < 9000000000000000 order by order_key desc limit 50";

  private Rehearsal() {}

  /**
   * Opens an owner, asks and subscribes as a page would.
   *
   * @param empty a database with the tables of a replica, of no use afterwards
   * @param queries reads of the same database
   */
  static void play(Store empty, QueryEngine queries, JsonParser json) {
    Owner owner =
        new Owner(
            empty, json, (space, message) -> List.of(), queries, TAB, true, null, event -> {});
    owner.connected(TAB, 1, new Nobody());
    owner.called(TAB, 1, owner.epoch(), new Call.Query(TIMELINE, null));
    owner.subscribe(TAB, 2, TIMELINE, null);
    owner.flush();
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
