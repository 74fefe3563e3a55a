package dev.tidemark.server.projection;

import dev.tidemark.protocol.database.Database;
import dev.tidemark.protocol.database.Key;
import dev.tidemark.protocol.database.Table;
import dev.tidemark.protocol.schema.WorkspaceTables.Channel;
import dev.tidemark.protocol.schema.WorkspaceTables.Member;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Remembers rows that nearly every event asks for: the author's membership and the channel. Only
 * the writer thread changes these tables, and it does so through this object, so what is remembered
 * stays true until a transaction is undone: then {@link #forget} must be called.
 */
final class CachedRows implements Database {
  private static final Set<Table> CACHED = Set.of(Member.TABLE, Channel.TABLE);
  private static final int LIMIT = 10_000;

  private final Database database;
  private final Map<Table, Map<String, Optional<@Nullable Object[]>>> rows = new HashMap<>();

  CachedRows(Database database) {
    this.database = database;
    forget();
  }

  void forget() {
    CACHED.forEach(table -> rows.put(table, new HashMap<>()));
  }

  @Override
  public @Nullable Object @Nullable [] find(Key key, Object... values) {
    Map<String, Optional<@Nullable Object[]>> cached = rows.get(key.table());
    if (cached == null || !key.equals(key.table().key())) {
      return database.find(key, values);
    }
    String name = key.ofValues(values);
    Optional<@Nullable Object[]> known = cached.get(name);
    if (known == null) {
      known = Optional.ofNullable(database.find(key, values));
      remember(cached, name, known);
    }
    return known.orElse(null);
  }

  @Override
  public boolean insert(Table table, @Nullable Object[] row) {
    boolean inserted = database.insert(table, row);
    if (inserted) {
      changed(table, row, Optional.of(row));
    }
    return inserted;
  }

  @Override
  public void update(Table table, @Nullable Object[] before, @Nullable Object[] after) {
    database.update(table, before, after);
    changed(table, before, Optional.of(after));
  }

  @Override
  public void delete(Table table, @Nullable Object[] row) {
    database.delete(table, row);
    changed(table, row, Optional.empty());
  }

  @Override
  public List<@Nullable Object[]> scan(Table table, int limit, Object... prefix) {
    return database.scan(table, limit, prefix);
  }

  private void changed(Table table, @Nullable Object[] keyed, Optional<@Nullable Object[]> row) {
    Map<String, Optional<@Nullable Object[]>> cached = rows.get(table);
    if (cached != null) {
      remember(cached, table.key().of(keyed), row);
    }
  }

  private static void remember(
      Map<String, Optional<@Nullable Object[]>> cached,
      String name,
      Optional<@Nullable Object[]> row) {
    if (cached.size() >= LIMIT) {
      cached.clear();
    }
    cached.put(name, row);
  }
}
