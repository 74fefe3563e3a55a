package dev.tidemark.client.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.client.chromium.Chromium;
import dev.tidemark.client.chromium.Chromium.Line;
import dev.tidemark.protocol.GoldenFile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@Tag("browser")
class SqlInChromiumTest {
  private static Chromium chromium;

  @BeforeAll
  static void start() throws Exception {
    chromium =
        Chromium.start(
            "sql",
            Map.of(
                "sql-facts.js", SqlFactsMain.class,
                "projections.js", ProjectionSuiteMain.class,
                "crash-facts.js", CrashFactsMain.class,
                "crash-writer.js", CrashWriterMain.class));
  }

  @AfterAll
  static void stop() throws Exception {
    chromium.close();
  }

  @TestFactory
  List<DynamicTest> facts_about_the_binding() throws Exception {
    List<Line> lines = chromium.run("sql-facts.js", Duration.ofSeconds(60));
    assertTrue(lines.size() >= 9, "facts reported: " + lines);
    return tests(lines);
  }

  @TestFactory
  List<DynamicTest> facts_about_crashes() throws Exception {
    return tests(chromium.open("/page.html?page=/crash-facts.js", Duration.ofMinutes(3)));
  }

  private static List<DynamicTest> tests(List<Line> lines) {
    return lines.stream()
        .filter(line -> !line.outcome().equals("value"))
        .map(line ->
            DynamicTest.dynamicTest(
                line.name(), () -> assertEquals("ok", line.outcome(), line.detail())))
        .toList();
  }

  @Test
  void sqlite_wasm_projects_to_the_hashes_of_sqlite_on_the_jvm() throws Exception {
    List<Line> lines = chromium.run("projections.js", Duration.ofSeconds(60));
    assertEquals(
        List.of(), lines.stream().filter(line -> line.outcome().equals("failed")).toList());
    assertEquals(
        new GoldenFile("v1/projection-hashes.txt").lines(),
        lines.stream().map(Line::name).toList());
  }
}
