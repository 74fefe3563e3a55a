package dev.tidemark.server.importing;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** One line of a terminal, drawn again a few times a second and wiped in the end. */
public final class ProgressBar implements ImportProgress {
  private static final int WIDTH = 30;

  /** A narrow terminal cuts the line off, instead of going on below and never wiping that. */
  private static final String WRAP_OFF = "\u001b[?7l";

  private static final String WRAP_ON = "\u001b[?7h";
  private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();

  private final PrintWriter terminal;
  private final LongSupplier nanoClock;
  private boolean drawn;
  private long drawnAt;
  private int drawnCharacters;

  /**
   * @param nanoClock such as {@code System::nanoTime}
   */
  public ProgressBar(PrintWriter terminal, LongSupplier nanoClock) {
    this.terminal = terminal;
    this.nanoClock = nanoClock;
  }

  @Override
  public void reading(int logsRead, int logs) {
    draw("checking", "logs", logsRead, logs);
  }

  @Override
  public void storing(long linesStored, long lines) {
    draw("storing", "lines", linesStored, lines);
  }

  /** Shows how far something else than an import is. */
  public void drawn(String verb, String what, long count, long all) {
    draw(verb, what, count, all);
  }

  private void draw(String verb, String what, long count, long all) {
    draw(String.format(Locale.ROOT, "%s, %,d of %,d %s", verb, count, all, what), count, all);
  }

  /** Draws {@code count} of {@code all}, unless that was done a moment ago, with a text behind. */
  public void draw(String text, long count, long all) {
    long now = nanoClock.getAsLong();
    if (drawn && now - drawnAt < REDRAW_NANOS && count < all) {
      return;
    }
    int filled = all == 0 ? WIDTH : (int) (count * WIDTH / all);
    long percent = all == 0 ? 100 : count * 100 / all;
    String line =
        String.format(
            Locale.ROOT,
            "[%s%s] %3d %%  %s",
            "#".repeat(filled),
            ".".repeat(WIDTH - filled),
            percent,
            text);
    show(line);
    drawn = true;
    drawnAt = now;
  }

  private void show(String line) {
    String wiped = line + " ".repeat(Math.max(0, drawnCharacters - line.length()));
    terminal.print("\r" + WRAP_OFF + wiped + WRAP_ON);
    terminal.flush();
    drawnCharacters = line.length();
  }

  @Override
  public void done() {
    if (drawn) {
      show("");
      terminal.print("\r");
      terminal.flush();
      drawn = false;
    }
  }
}
