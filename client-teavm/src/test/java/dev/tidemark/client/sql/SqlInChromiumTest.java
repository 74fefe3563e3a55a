package dev.tidemark.client.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.client.chromium.Chromium;
import dev.tidemark.client.chromium.Chromium.Line;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

@Tag("browser")
class SqlInChromiumTest {
  private static Chromium chromium;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.start("sql", Map.of("sql-facts.js", SqlFactsMain.class));
  }

  @AfterAll
  static void stop() throws Exception {
    chromium.close();
  }

  @TestFactory
  List<DynamicTest> facts_about_the_binding() throws Exception {
    List<Line> lines = chromium.run("sql-facts.js", Duration.ofSeconds(30));
    assertTrue(lines.size() >= 9, "facts reported: " + lines);
    return lines.stream()
        .map(line ->
            DynamicTest.dynamicTest(
                line.name(), () -> assertEquals("ok", line.outcome(), line.detail())))
        .toList();
  }
}
