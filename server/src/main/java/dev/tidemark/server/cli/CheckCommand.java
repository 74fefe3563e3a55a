package dev.tidemark.server.cli;

import dev.tidemark.server.admin.CheckReport;
import dev.tidemark.server.admin.Operator;
import dev.tidemark.server.admin.Operators;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Verifies a data folder; exit status 1 when something is wrong. */
@Command(
    name = "check",
    description =
        "Checks the file, every space's chain of hashes, and the tables against a replay.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Mixin private DataOption data;

  @Override
  public Integer call() {
    try (Operator operator = Operators.open(data.existing(), Clock.systemUTC())) {
      CheckReport report = operator.check();
      report.findings().forEach(System.out::println);
      System.out.println(
          report.events()
              + " events in "
              + report.spaces()
              + " spaces, "
              + (report.findings().isEmpty()
                  ? "all sound"
                  : report.findings().size() + " findings"));
      return report.findings().isEmpty() ? 0 : 1;
    }
  }
}
