package dev.tidemark.protocol.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.protocol.TestDatabases;
import dev.tidemark.protocol.database.Key;
import dev.tidemark.protocol.database.SqlConnection;
import dev.tidemark.protocol.database.SqlException;
import dev.tidemark.protocol.database.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables that Java describes are those that the DDL makes. */
class SchemaTest {
  private final SqlConnection connection = TestDatabases.inMemory();

  static Stream<Table> tables() {
    return Stream.concat(WorkspaceTables.ALL.stream(), replicaTables());
  }

  private static Stream<Table> replicaTables() {
    return Stream.of(
        ReplicaTables.Events.TABLE,
        ReplicaTables.CursorMark.TABLE,
        ReplicaTables.Outbox.TABLE,
        ReplicaTables.Space.TABLE,
        ReplicaTables.Setting.TABLE);
  }

  @AfterEach
  void close() {
    connection.close();
  }

  @ParameterizedTest
  @MethodSource("tables")
  void columns_stand_in_the_order_of_the_ddl(Table table) {
    Schema.migrateReplica(connection);
    List<String> columns =
        new ArrayList<>(
            Rows.of(
                connection, "SELECT name FROM pragma_table_info(?) ORDER BY cid", table.name()));
    if (table == WorkspaceTables.Message.TABLE) {
      assertEquals("number", columns.removeFirst(), "the row number of full text search");
    }
    assertEquals(table.columns(), columns);
  }

  @ParameterizedTest
  @MethodSource("tables")
  void every_key_is_unique_and_never_null(Table table) {
    Schema.migrateReplica(connection);
    Set<List<String>> unique = new HashSet<>();
    unique.add(
        Rows.of(
            connection,
            "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk",
            table.name()));
    for (String index :
        Rows.of(
            connection,
            "SELECT name FROM pragma_index_list(?) WHERE \"unique\" = 1",
            table.name())) {
      unique.add(
          Rows.of(connection, "SELECT name FROM pragma_index_info(?) ORDER BY seqno", index));
    }
    for (Key key : table.keys()) {
      List<String> columns = new ArrayList<>();
      for (int i = 0; i < key.size(); i++) {
        columns.add(table.columns().get(key.column(i)));
      }
      assertTrue(unique.contains(columns), () -> columns + " is not among " + unique);
    }
    List<String> nullable =
        Rows.of(
            connection,
            "SELECT name FROM pragma_table_info(?) WHERE \"notnull\" = 0 AND type <> 'INTEGER'",
            table.name());
    for (int i = 0; i < table.key().size(); i++) {
      assertFalse(nullable.contains(table.columns().get(table.key().column(i))), table.name());
    }
  }

  @Test
  void every_projected_key_begins_with_the_space() {
    for (Table table : WorkspaceTables.ALL) {
      for (Key key : table.keys()) {
        assertEquals("space", table.columns().get(key.column(0)), table.name());
      }
    }
  }

  @Test
  void every_projected_table_is_described() {
    connection.execute(Schema.projectedTables());
    assertEquals(
        WorkspaceTables.ALL.stream().map(Table::name).sorted().toList(),
        Rows.of(
            connection,
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                + " ORDER BY name"));
  }

  @Test
  void the_ordinals_are_those_of_the_columns() throws ReflectiveOperationException {
    for (Class<?> outer : List.of(WorkspaceTables.class, ReplicaTables.class)) {
      for (Class<?> described : outer.getClasses()) {
        Table table = (Table) described.getField("TABLE").get(null);
        for (var field : described.getFields()) {
          if (field.getType() == int.class) {
            assertEquals(
                field.getName().toLowerCase(java.util.Locale.ROOT),
                table.columns().get(field.getInt(null)),
                table.name());
          }
        }
      }
    }
  }

  @Test
  void migrating_twice_changes_nothing() {
    Schema.migrateReplica(connection);
    Schema.migrateReplica(connection);
    assertEquals(
        List.of(String.valueOf(Schema.replicaVersion())),
        Rows.of(connection, "PRAGMA user_version"));
  }

  @Test
  void a_database_of_a_newer_build_is_left_alone() {
    connection.execute("PRAGMA user_version=" + (Schema.replicaVersion() + 1));
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> Schema.migrateReplica(connection));
    assertEquals("the database has schema 2, this build knows 1", refused.getMessage());
  }

  @Test
  void a_step_that_fails_leaves_neither_tables_nor_a_transaction() {
    connection.execute("CREATE TABLE document(id TEXT)");
    assertThrows(SqlException.class, () -> Schema.migrateReplica(connection));
    assertEquals(
        List.of("document"), Rows.of(connection, "SELECT name FROM sqlite_schema ORDER BY name"));
    connection.execute("BEGIN IMMEDIATE; DROP TABLE document; COMMIT");
    Schema.migrateReplica(connection);
  }

  @Test
  void the_server_can_take_tables_and_search_without_the_rest() {
    connection.execute(Schema.projectedTables());
    connection.execute(Schema.fullText());
    connection.execute(
        "INSERT INTO message VALUES"
            + " (1,'s','m','c',NULL,'ada','tide',1,0,1,NULL,0,0,0,NULL,0,1,NULL)");
    assertEquals(
        List.of("1"),
        Rows.of(connection, "SELECT rowid FROM message_text WHERE message_text MATCH 'tide'"));
  }
}
