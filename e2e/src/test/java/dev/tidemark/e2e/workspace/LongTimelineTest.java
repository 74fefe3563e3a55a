package dev.tidemark.e2e.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.e2e.harness.Page;
import dev.tidemark.e2e.harness.TidemarkServer.Finished;
import dev.tidemark.e2e.harness.UserInput;
import dev.tidemark.e2e.harness.Waiting;
import dev.tidemark.e2e.harness.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A channel of 100,000 messages is read from end to end with few elements on the page. */
final class LongTimelineTest {
  private static final int MESSAGES = 100_000;

  /** The most rows that a timeline holds ({@code MOST_ROWS} of its window). */
  private static final int MOST_ROWS = 260;

  private static final int SCREENS = 30;

  /** The first sync is waited for in so many steps, each with a test's usual patience. */
  private static final int STEPS = 10;

  /** How much of all spaces is here; asks no database. */
  private static final String POSITION =
      "Math.max(...tidemark.status().cursor.split(',').map(one => Number(one.split(':')[1] ?? 0)))";

  /** The numbers of the messages on the page, from top to bottom. */
  private static final String NUMBERS =
      """
      (() => {
        const walk = root => [...root.querySelectorAll('*')].flatMap(element =>
          element.localName === 'tm-message' ? [Number(/line (\\d+)/.exec(element.shadowRoot.textContent)?.[1])]
            : element.shadowRoot ? walk(element.shadowRoot) : []);
        return walk(document);
      })()
      """;

  @Test
  void a_hundred_thousand_messages_are_read_with_few_rows(@TempDir Path folder) throws IOException {
    Path logs = Files.createDirectory(folder.resolve("logs"));
    Files.writeString(
        logs.resolve("2024-05-01.a.raw.txt"),
        IntStream.rangeClosed(1, MESSAGES)
            .mapToObj(
                line -> "[%02d:00] <ann> line %d\n".formatted(24 * line / (MESSAGES + 1), line))
            .collect(Collectors.joining()));
    try (var world = World.start(folder)) {
      Finished imported =
          world.server().run("import", "irc", logs.toString(), "--space", "Harbour");
      assertEquals(0, imported.status(), imported.toString());

      Page page = Page.open(world.browser("profile"), world.origin()).online();
      for (int step = 1; step <= STEPS; step++) {
        page.tab().waitFor(POSITION + " >= " + MESSAGES / STEPS * step);
      }
      UserInput hands = page.tab().input();
      page.tab().waitFor(NUMBERS + ".at(-1) === " + MESSAGES);
      assertGapless(numbers(page));

      hands.click("tm-message");
      hands.press("Home");
      page.tab().waitFor(NUMBERS + "[0] === 1");
      assertGapless(numbers(page));
      for (int screen = 0; screen < SCREENS; screen++) {
        int last = numbers(page).getLast();
        // A wheel that turns while rows come and go may turn in vain, as for a reader.
        Waiting.until(
            "messages after " + last,
            () -> {
              hands.scroll("tm-timeline", 10_000);
              return numbers(page).getLast() > last;
            });
        assertGapless(numbers(page));
      }
      assertTrue(numbers(page).getFirst() > 1, "the first rows are still there");

      hands.click("tm-message");
      hands.press("End");
      page.tab().waitFor(NUMBERS + ".at(-1) === " + MESSAGES);
      assertGapless(numbers(page));
    }
  }

  private static List<Integer> numbers(Page page) {
    return page.tab().evaluate(NUMBERS).valueStream().map(number -> number.asInt()).toList();
  }

  private static void assertGapless(List<Integer> numbers) {
    assertTrue(numbers.size() <= MOST_ROWS, numbers.size() + " rows");
    assertEquals(
        IntStream.rangeClosed(numbers.getFirst(), numbers.getLast()).boxed().toList(), numbers);
  }
}
