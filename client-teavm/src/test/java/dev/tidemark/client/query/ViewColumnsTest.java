package dev.tidemark.client.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.protocol.contract.RandomLog;
import dev.tidemark.protocol.schema.ReplicaTables.Outbox;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ViewColumnsTest {
  private final QueriedReplica replica = new QueriedReplica();

  @AfterEach
  void close() {
    replica.close();
  }

  @Test
  void every_view_of_the_schema_is_described() {
    Set<String> described = new HashSet<>();
    for (Relation relation : ViewColumns.ALL) {
      described.add(relation.name());
    }
    ResultSet views = replica.run("select name from sqlite_schema where type = 'view'");
    Set<String> names = new HashSet<>();
    for (@Nullable Object[] row : views.rows()) {
      names.add(String.valueOf(row[0]));
    }
    assertEquals(names, described);
  }

  @Test
  void columns_and_their_affinity_are_those_of_sqlite() {
    for (Relation relation : ViewColumns.ALL) {
      ResultSet info =
          replica.run("select name, type from pragma_table_info('" + relation.name() + "')");
      List<String> expected = new ArrayList<>();
      for (@Nullable Object[] row : info.rows()) {
        expected.add(relation.name() + "." + row[0] + " " + row[1]);
      }
      List<String> described = new ArrayList<>();
      for (Column column : relation.columns()) {
        String type = column.isPlain() ? column.type().name() : "";
        described.add(relation.name() + "." + column.name() + " " + type);
      }
      assertEquals(withoutComputedTypes(relation, expected), described);
    }
  }

  /** SQLite guesses a type for the result of an expression, which has no affinity. */
  private static List<String> withoutComputedTypes(Relation relation, List<String> columns) {
    List<String> result = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      String column = columns.get(i);
      boolean isPlain = relation.columns().get(i).isPlain();
      result.add(isPlain ? column : column.substring(0, column.lastIndexOf(' ') + 1));
    }
    return result;
  }

  @Test
  void the_tables_behind_each_column_are_those_that_sqlite_opens() {
    for (Relation relation : ViewColumns.ALL) {
      for (Column column : relation.columns()) {
        Set<String> described = new HashSet<>();
        QueryShape shape = shape("select " + column.name() + " from " + relation.name());
        described.addAll(shape.tables());
        Set<String> opened = opened("select " + column.name() + " from " + relation.name());
        assertFalse(opened.isEmpty());
        assertTrue(
            described.containsAll(opened),
            relation.name() + "." + column.name() + " reads " + opened + ", not " + described);
      }
    }
  }

  @Test
  void columns_computed_from_a_row_are_those_that_the_view_computes() {
    RandomLog log = new RandomLog(11, "s");
    log.grow(80);
    replica.replica().apply(log.log().events());
    for (int i = 1; i <= 20; i++) {
      replica.replica().applyPending(log.pending("ada"), i);
      replica
          .database()
          .insert(
              Outbox.TABLE,
              new @Nullable Object[] {
                (long) i, "s", "e" + i, "t", "ada", 1L, 5L, "{}", 1L + i % 2, null, null, null
              });
    }
    for (Relation relation : ViewColumns.ALL) {
      if (relation.everyRow().isEmpty()) {
        compareRows(relation);
      }
    }
  }

  private void compareRows(Relation relation) {
    StringBuilder columns = new StringBuilder();
    List<Column> local = new ArrayList<>();
    for (Column column : relation.columns()) {
      if (column.isLocal()) {
        columns.append(local.isEmpty() ? "" : ",").append(column.name());
        local.add(column);
      }
    }
    String key = relation.uniqueKeys().get(0).get(0).name();
    String last = relation.uniqueKeys().get(0).getLast().name();
    ResultSet view =
        replica.run(
            "select " + columns + " from " + relation.name() + " order by " + key + ", " + last);
    Set<List<@Nullable Object>> expected = new HashSet<>();
    for (@Nullable Object[] row : view.rows()) {
      expected.add(new ArrayList<>(java.util.Arrays.asList(row)));
    }
    Set<List<@Nullable Object>> derived = new HashSet<>();
    for (@Nullable Object[] row : replica.database().scan(relation.base(), 10_000)) {
      List<@Nullable Object> values = new ArrayList<>();
      for (Column column : local) {
        values.add(column.value(row));
      }
      derived.add(values);
    }
    assertEquals(expected, derived, relation.name());
  }

  private static QueryShape shape(String sql) {
    return QueryShape.analyse(sql, new Object[0], Set.of());
  }

  /** Tables whose pages the statement's program opens, by their own or an index's root page. */
  private Set<String> opened(String sql) {
    Set<String> tables = new HashSet<>();
    for (@Nullable Object[] row : replica.run("explain " + sql).rows()) {
      if ("OpenRead".equals(row[1])) {
        ResultSet name =
            replica.run("select tbl_name from sqlite_schema where rootpage = ?", row[3]);
        tables.add(String.valueOf(name.rows().get(0)[0]));
      }
    }
    return tables;
  }
}
