package dev.tidemark.server.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlowQueriesTest {
  private static final String SLOW =
      "with recursive n(i) as (select 1 union all select i + 1 from n where i < 6000000)\n"
          + "  select count(*) from n";

  @TempDir Path folder;

  @Test
  void a_read_that_takes_long_is_remembered_with_its_slowest_statement() {
    SqliteFile file = new SqliteFile(folder.resolve("x.db"));
    Migrations.run(file, List.of("create table t (a)"));
    try (ReaderPool readers = new ReaderPool(file, 1)) {
      readers.read(reader -> {
        try (ResultSet quick = reader.prepare("select 1").executeQuery()) {
          quick.next();
        }
        try (ResultSet slow = reader.prepare(SLOW).executeQuery()) {
          return slow.getLong(1);
        }
      });
      SlowQueries.SlowQuery slow = readers.slowQueries().list().getFirst();
      assertEquals(SLOW.replaceAll("\\s+", " "), slow.sql());
      assertTrue(slow.millis() >= 100);
      assertEquals(1, slow.count());
    }
  }

  @Test
  void the_least_recent_ones_are_forgotten() {
    SlowQueries slow = new SlowQueries();
    for (int i = 0; i < 60; i++) {
      slow.add("select " + i, 100 + i, i);
    }
    slow.add("select 59", 500, 70);
    assertEquals(50, slow.list().size());
    assertEquals(new SlowQueries.SlowQuery("select 59", 500, 70, 2), slow.list().getFirst());
    assertEquals("select 10", slow.list().getLast().sql());
  }
}
