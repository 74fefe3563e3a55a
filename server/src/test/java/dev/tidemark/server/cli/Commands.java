package dev.tidemark.server.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Runs commands in this process on one data folder. */
final class Commands {
  private final Path data;

  Commands(Path data) {
    this.data = data;
  }

  /** What a command said, and how it ended. */
  record Outcome(int status, String out, String err) {}

  Outcome run(List<String> command, String... more) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of("--data", data.toString()));
    all.addAll(List.of(more));
    CommandLine line =
        Tidemark.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int status = line.execute(all.toArray(String[]::new));
    return new Outcome(status, out.toString(), err.toString());
  }
}
