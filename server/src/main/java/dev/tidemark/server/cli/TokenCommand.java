package dev.tidemark.server.cli;

import dev.tidemark.server.admin.Operator;
import dev.tidemark.server.admin.Operators;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints a new API token, and nothing else, on standard output. */
@Command(
    name = "token",
    description = "Makes the user where missing and prints a new API token for them.",
    mixinStandardHelpOptions = true)
final class TokenCommand implements Callable<Integer> {
  @Mixin private DataOption data;

  @Option(names = "--user", required = true, paramLabel = "NAME", description = "Whose token.")
  private String user;

  @Option(names = "--admin", description = "Makes the user an administrator.")
  private boolean admin;

  @Override
  public Integer call() {
    try (Operator operator = Operators.open(data.path(), Clock.systemUTC())) {
      System.out.println(operator.createToken(user, admin));
      return 0;
    }
  }
}
