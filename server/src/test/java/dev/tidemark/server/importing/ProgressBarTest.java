package dev.tidemark.server.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private final StringWriter terminal = new StringWriter();
  private final AtomicLong nanos = new AtomicLong();
  private final ProgressBar bar = new ProgressBar(new PrintWriter(terminal), nanos::get);

  @Test
  void it_shows_share_and_counts_in_one_line() {
    bar.storing(50_000, 200_000);
    assertEquals(
        "\r\u001b[?7l[#######.......................]  25 %  storing, 50,000 of 200,000 lines"
            + "\u001b[?7h",
        terminal.toString());
  }

  @Test
  void it_is_drawn_at_most_ten_times_a_second() {
    bar.storing(1, 10);
    String first = terminal.toString();
    nanos.set(99_000_000);
    bar.storing(2, 10);
    assertEquals(first, terminal.toString());
    nanos.set(100_000_000);
    bar.storing(3, 10);
    assertTrue(terminal.toString().endsWith("storing, 3 of 10 lines\u001b[?7h"));
  }

  @Test
  void it_leaves_an_empty_line_behind() {
    bar.storing(1, 10);
    int characters = terminal.toString().length() - "\r\u001b[?7l\u001b[?7h".length();
    bar.done();
    assertTrue(
        terminal.toString().endsWith("\r\u001b[?7l" + " ".repeat(characters) + "\u001b[?7h\r"));
  }
}
