package dev.tidemark.e2e.bench;

import dev.tidemark.e2e.harness.Browser;
import dev.tidemark.e2e.harness.TidemarkServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code ./run bench browser} and {@code ./run bench tabs}. */
public final class BenchMain {
  private BenchMain() {}

  public static void main(String[] arguments) throws IOException {
    Path work = Files.createTempDirectory("tidemark-bench");
    try (TidemarkServer server = TidemarkServer.start(work.resolve("data"));
        YardstickServer yardstick = YardstickServer.start();
        Browser browser = Browser.start(work.resolve("profile"))) {
      switch (arguments.length == 0 ? "browser" : arguments[0]) {
        case "browser" -> new BrowserBench(browser, server.origin(), yardstick.origin()).run();
        case "tabs" -> new TakeOverBench(browser, server.origin()).run();
        default -> throw new IllegalArgumentException("no benchmark " + arguments[0]);
      }
    }
    System.exit(0);
  }
}
