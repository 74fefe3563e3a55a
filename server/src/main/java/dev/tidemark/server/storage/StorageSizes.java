package dev.tidemark.server.storage;

import dev.tidemark.server.database.DatabaseException;
import dev.tidemark.server.database.SqliteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** How much there is of everything, for operators. Safe for use by several threads. */
public final class StorageSizes {
  private static final Duration TABLES_EVERY = Duration.ofMinutes(5);
  private static final int TABLES = 40;

  /** What is counted by one number. */
  public enum Count {
    LIBRARIES("select count(*) from library"),
    VERSIONS("select count(*) from library_version"),
    SNIPPETS("select count(*) from snippet"),
    BLOBS("select count(*) from blob"),
    EVENTS("select count(*) from log_event indexed by log_event_by_id"),
    MESSAGES("select count(*) from message where deleted = 0"),
    SPACES("select count(*) from log_space where personal_of is null"),
    USERS("select count(*) from account");

    private final String sql;

    Count(String sql) {
      this.sql = sql;
    }
  }

  /** A table or index with the bytes of its pages. */
  public record TableSize(String name, long bytes) {}

  /** Bytes of the file, of the write-ahead log, and of pages in the file that hold nothing. */
  public record FileSizes(long database, long log, long free) {}

  private final Storage storage;
  private final Clock clock;
  private final AtomicBoolean measuring = new AtomicBoolean();
  private volatile List<TableSize> tables = List.of();
  private volatile long tablesAt = Long.MIN_VALUE;

  public StorageSizes(Storage storage, Clock clock) {
    this.storage = storage;
    this.clock = clock;
  }

  public Map<Count, Long> counts() {
    return storage
        .readers()
        .read(reader -> {
          Map<Count, Long> counts = new EnumMap<>(Count.class);
          for (Count count : Count.values()) {
            try (ResultSet row = reader.prepare(count.sql).executeQuery()) {
              counts.put(count, row.next() ? row.getLong(1) : 0L);
            }
          }
          return counts;
        });
  }

  public FileSizes files() {
    Path database = storage.folder().database();
    Path log = database.resolveSibling(database.getFileName() + "-wal");
    long free =
        storage
            .readers()
            .read(reader -> {
              try (ResultSet row =
                  reader
                      .prepare(
                          "select freelist_count * page_size"
                              + " from pragma_freelist_count, pragma_page_size")
                      .executeQuery()) {
                return row.next() ? row.getLong(1) : 0L;
              }
            });
    return new FileSizes(size(database), size(log), free);
  }

  private static long size(Path file) {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      return 0; // it went away just now
    }
  }

  /**
   * The largest tables and indexes as they were some minutes ago: measuring reads the whole file,
   * so it is done beside the readers and rarely. Empty until it has been done once.
   */
  public List<TableSize> tables() {
    boolean old = tablesAt == Long.MIN_VALUE || clock.millis() - tablesAt > TABLES_EVERY.toMillis();
    if (old && measuring.compareAndSet(false, true)) {
      Thread.ofPlatform().daemon().name("table-sizes").start(this::measure);
    }
    return tables;
  }

  private void measure() {
    try {
      tables =
          new SqliteFile(storage.folder().database())
              .snapshot(connection -> {
                try (var statement = connection.createStatement();
                    ResultSet row =
                        statement.executeQuery(
                            "select name, pgsize from dbstat where aggregate = true"
                                + " order by pgsize desc limit "
                                + TABLES)) {
                  return read(row);
                }
              });
    } catch (DatabaseException e) {
      tables = List.of(); // the file is being closed, or this SQLite does not measure
    } finally {
      tablesAt = clock.millis();
      measuring.set(false);
    }
  }

  private static List<TableSize> read(ResultSet row) throws SQLException {
    List<TableSize> sizes = new ArrayList<>();
    while (row.next()) {
      sizes.add(new TableSize(row.getString(1), row.getLong(2)));
    }
    return List.copyOf(sizes);
  }
}
