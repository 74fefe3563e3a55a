package dev.tidemark.client.chromium;

import dev.tidemark.client.browser.Http;

/** Collects the outcome of checks in a worker and sends them to the test at the end. */
public final class Facts {
  /** One check; it fails by throwing. */
  public interface Check {
    void run();
  }

  private final StringBuilder lines = new StringBuilder();

  /** Runs a check now and notes how it went. */
  public void check(String name, Check check) {
    try {
      check.run();
      lines.append("ok\t").append(name).append('\n');
    } catch (Throwable failure) {
      fail(name, failure.toString());
    }
  }

  /** Notes a failure found elsewhere. */
  public void fail(String name, String detail) {
    lines.append("failed\t").append(name).append('\t');
    lines.append(detail.replace('\n', ' ').replace('\t', ' ')).append('\n');
  }

  /** Hands a value to the test. */
  public void value(String name, String value) {
    lines.append("value\t").append(name).append('\t').append(value).append('\n');
  }

  /** Sends everything; the test goes on. */
  public void done() {
    Http.request(
        "POST", "/result", new String[0], lines.toString(), 10_000, answer -> {}, failure -> {});
  }

  /** Throws unless both are equal. */
  public static void same(Object expected, Object given) {
    if (!expected.equals(given)) {
      throw new AssertionError("expected " + expected + ", given " + given);
    }
  }

  /** Throws unless it holds. */
  public static void holds(boolean condition, String sentence) {
    if (!condition) {
      throw new AssertionError("not so: " + sentence);
    }
  }
}
