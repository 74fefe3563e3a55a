package dev.tidemark.protocol.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tidemark.protocol.GoldenFile;
import dev.tidemark.protocol.TestDatabases;
import dev.tidemark.protocol.contract.MemoryDatabase;
import dev.tidemark.protocol.contract.ProjectionSuite;
import dev.tidemark.protocol.jvm.JacksonJson;
import dev.tidemark.protocol.jvm.JdbcSql;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The JVM's side of a comparison that the browser's tests make against the same golden file. */
class ProjectionSuiteTest {
  private static final GoldenFile HASHES = new GoldenFile("v1/projection-hashes.txt");

  @Test
  void sqlite_gives_the_pinned_hashes() {
    JdbcSql connection = TestDatabases.inMemory();
    List<String> lines = ProjectionSuite.run(connection, JacksonJson::parse);
    connection.close();
    HASHES.assertEqualTo(String.join("\n", lines) + "\n");
  }

  @Test
  void the_wire_changes_nothing() {
    List<String> lines = ProjectionSuite.run(new MemoryDatabase(), null);
    assertEquals(HASHES.lines().subList(0, lines.size()), lines);
  }

  @Test
  void the_model_in_memory_gives_the_hashes_of_sqlite() {
    List<String> lines = ProjectionSuite.run(new MemoryDatabase(), JacksonJson::parse);
    assertEquals(HASHES.lines().subList(0, lines.size()), lines);
  }
}
