package dev.tidemark.client.owner;

import dev.tidemark.client.outbox.PendingEvent;
import dev.tidemark.client.sql.Pool;
import dev.tidemark.client.sql.WasmConnection;
import dev.tidemark.protocol.database.Change;
import dev.tidemark.protocol.database.SqlConnection;
import dev.tidemark.protocol.database.SqlException;
import dev.tidemark.protocol.database.SqlStatement;
import dev.tidemark.protocol.json.JsonParser;
import dev.tidemark.protocol.schema.ReplicaTables.Outbox;
import dev.tidemark.protocol.schema.ReplicaTables.Setting;
import dev.tidemark.protocol.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens the owner's database, also after the browser has removed it, or the disk has damaged it.
 *
 * <ol>
 *   <li>A database that is missing where there was one is never taken for a first run: pages are
 *       told (reliability.md, finding 11).
 *   <li>A damaged database is put aside, not deleted, until the next one is damaged; what can be
 *       read of its outbox goes into a new one, which the server fills.
 *   <li>A new one counts only once it is whole: a crash half-way begins again from the damaged one.
 * </ol>
 */
final class DatabaseFiles {

  /** What happened to the database, for people. */
  record Notice(String code, String detail) {}

  /** A database that is ready for an {@link Owner}. */
  record Opened(WasmConnection connection, @Nullable Notice notice) {}

  private static final Notice LOST =
      new Notice(
          "storage-lost",
          "The browser has removed what was stored on this device. Your messages come back from the"
              + " server; what had not been sent by then is gone.");

  private static final String REBUILT = "storage-rebuilt";

  private record Saved(@Nullable String epoch, List<PendingEvent> events, boolean complete) {
    String sentence() {
      long waiting = events.stream().filter(event -> !event.isRefused()).count();
      return "The database on this device was damaged and is built anew from the server. "
          + (complete
              ? "What waited to be sent was kept: "
                  + waiting
                  + (waiting == 1 ? " change." : " changes.")
              : "Not all of what waited to be sent could be read: "
                  + waiting
                  + (waiting == 1 ? " change was kept." : " changes were kept."));
    }
  }

  private DatabaseFiles() {}

  /**
   * Opens the newest database that is whole.
   *
   * @param expected whether this browser has stored one before
   * @throws SqlException when it cannot be opened; see {@link SqlException#isDamage}
   */
  static Opened open(Pool pool, boolean expected, JsonParser json) {
    int newest = Math.max(1, pool.generation());
    WasmConnection opened = pool.open(newest);
    // A file without tables is as good as none: its log is lost, or it was never begun.
    boolean isEmpty = Schema.isEmpty(opened);
    migrate(opened);
    if (newest == 1 && isEmpty) {
      if (expected) {
        beginAboveOtherEpochs(opened);
      }
      return new Opened(opened, expected ? LOST : null);
    }
    if (newest > 1 && setting(opened, Setting.WHOLE) == null) {
      opened.close();
      pool.delete(newest);
      rebuild(pool, null, json);
      return open(pool, expected, json);
    }
    String sentence = setting(opened, Setting.NOTICE);
    opened.execute("DELETE FROM setting WHERE name='" + Setting.NOTICE + "'");
    return new Opened(opened, sentence == null ? null : new Notice(REBUILT, sentence));
  }

  private static void migrate(WasmConnection opened) {
    try {
      Schema.migrateReplica(opened);
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /**
   * Builds a database beside the newest one, which is damaged.
   *
   * @param open the connection to it, where there is one: with statements of queries it cannot be
   *     closed for certain, and then not be opened again. It is of no use afterwards.
   */
  static void rebuild(Pool pool, @Nullable WasmConnection open, JsonParser json) {
    int damaged = pool.generation();
    Saved saved = open == null ? save(pool, damaged, json) : save(open, json);
    for (int older = 1; older < damaged; older++) {
      pool.delete(older);
    }
    WasmConnection fresh = pool.open(damaged + 1);
    migrate(fresh);
    try {
      if (saved.epoch() == null) {
        beginAboveOtherEpochs(fresh);
      } else {
        put(fresh, Setting.EPOCH, saved.epoch());
      }
      Replica replica =
          new Replica(new SqlReplicaStore(fresh), json, (space, message) -> List.of(), SILENT);
      for (PendingEvent event : saved.events()) {
        replica.write(event.event());
        PendingEvent.Refusal refusal = event.refusal();
        if (refusal != null) {
          replica.refuse(
              event.event().space(), event.event().id(), refusal.code(), refusal.detail());
        }
      }
      put(fresh, Setting.NOTICE, saved.sentence());
      put(fresh, Setting.WHOLE, "1");
    } finally {
      fresh.close();
    }
  }

  private static Saved save(Pool pool, int generation, JsonParser json) {
    try {
      return save(pool.open(generation), json);
    } catch (RuntimeException unreadable) {
      return new Saved(null, List.of(), false);
    }
  }

  /** Reads what exists nowhere else, as far as it can be read. */
  private static Saved save(WasmConnection damaged, JsonParser json) {
    List<PendingEvent> events = new ArrayList<>();
    String epoch = null;
    try {
      epoch = setting(damaged, Setting.EPOCH);
      SqlStatement statement =
          damaged.prepare(
              "SELECT "
                  + String.join(",", Outbox.TABLE.columns())
                  + " FROM outbox_event ORDER BY number");
      while (statement.step()) {
        @Nullable Object[] row = new Object[Outbox.TABLE.columns().size()];
        for (int i = 0; i < row.length; i++) {
          row[i] = statement.value(i);
        }
        events.add(PendingEvent.of(row, json));
      }
      return new Saved(epoch, events, true);
    } catch (RuntimeException unreadable) {
      // Whatever is wrong with the rest: what was read so far is worth keeping.
      return new Saved(epoch, events, false);
    } finally {
      damaged.close();
    }
  }

  /**
   * A database that begins anew knows nothing of the owners before it, whose epochs pages have
   * seen: the clock is above them all. Weakness: not if it was set back meanwhile.
   */
  static void beginAboveOtherEpochs(SqlConnection fresh) {
    put(fresh, Setting.EPOCH, String.valueOf(System.currentTimeMillis()));
  }

  private static void put(SqlConnection connection, String name, String value) {
    SqlStatement statement = connection.prepare("INSERT INTO setting(name, value) VALUES(?, ?)");
    statement.bindText(1, name);
    statement.bindText(2, value);
    try {
      statement.step();
    } finally {
      statement.reset();
    }
  }

  private static @Nullable String setting(SqlConnection connection, String name) {
    SqlStatement statement = connection.prepare("SELECT value FROM setting WHERE name=?");
    statement.bindText(1, name);
    try {
      return statement.step() ? statement.text(0) : null;
    } finally {
      statement.reset();
    }
  }

  /** Nobody is there yet to be told. */
  private static final Replica.Listener SILENT =
      new Replica.Listener() {
        @Override
        public void committed(List<Change> changes) {}

        @Override
        public void confirmed(String space, String id, long position) {}

        @Override
        public void refused(PendingEvent event) {}
      };
}
