package dev.tidemark.server.cli;

import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.server.admin.Operator;
import dev.tidemark.server.admin.Operators;
import dev.tidemark.server.search.Asker;
import dev.tidemark.server.search.Kind;
import dev.tidemark.server.search.Mode;
import dev.tidemark.server.search.SearchRequest;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Searches everything in a data folder; exit status 1 when nothing is found, 2 when it cannot. */
@Command(
    name = "search",
    exitCodeOnExecutionException = ExitCode.USAGE,
    description = {
      "Searches messages and documents of every space, and the libraries.",
      "This command sees everything in the data folder: who may read the folder may read that."
    })
final class SearchCommand implements Callable<Integer> {
  private static final int NOTHING_FOUND = 1;
  private static final int PLACE_WIDTH = 44;
  private static final int TEXT_WIDTH = 96;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());

  @Spec private CommandSpec spec;

  /** The usual mixin would also take {@code --version}. */
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  @SuppressWarnings("unused") // set by picocli, which then shows the message
  private boolean help;

  @Mixin private DataOption data;
  @Mixin private EmbeddingOptions embedding;

  @Parameters(paramLabel = "QUERY", description = "Words and \"quoted phrases\".", arity = "1..*")
  private List<String> query;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      defaultValue = "hybrid",
      description = "hybrid (default), keyword or semantic.")
  private String mode;

  @Option(
      names = "--space",
      paramLabel = "SPACE",
      description = "Only in this space: its name or its id.")
  private @Nullable String space;

  @Option(names = "--library", paramLabel = "ID", description = "Only in this library.")
  private @Nullable String library;

  @Option(
      names = "--version",
      paramLabel = "TAG",
      description = "Of the library; without it the latest indexed version.")
  private @Nullable String version;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "10",
      description = "Results, at most 50 (default: 10).")
  private int limit;

  @Override
  public Integer call() {
    SearchRequest request = request();
    try (Operator operator =
        Operators.open(data.existing(), embedding.settings(), Clock.systemUTC())) {
      JsonObject answer = operator.search(request);
      if (answer.kind("fallback") == JsonObject.Kind.TEXT) {
        spec.commandLine().getErr().println(answer.text("fallback"));
      }
      List<JsonObject> results = answer.objects("results");
      print(results, spec.commandLine().getOut());
      return results.isEmpty() ? NOTHING_FOUND : 0;
    }
  }

  private SearchRequest request() {
    Mode wanted = Mode.ofWire(mode);
    if (wanted == null) {
      throw new ParameterException(
          spec.commandLine(), "There is no mode " + mode + ": hybrid, keyword or semantic.");
    }
    if (limit < 1 || limit > SearchRequest.MAX_LIMIT) {
      throw new ParameterException(
          spec.commandLine(), "--limit goes from 1 to " + SearchRequest.MAX_LIMIT + ".");
    }
    if (version != null && library == null) {
      throw new ParameterException(spec.commandLine(), "A version needs --library.");
    }
    return new SearchRequest(
        new Asker.Operator(),
        String.join(" ", query),
        false,
        wanted,
        space,
        library,
        version,
        EnumSet.allOf(Kind.class),
        limit,
        0);
  }

  private static void print(List<JsonObject> results, PrintWriter out) {
    if (results.isEmpty()) {
      out.println("Nothing was found.");
    } else {
      out.println(row("KIND", "WHERE", "TEXT"));
    }
    for (JsonObject hit : results) {
      String text = hit.text("excerpt");
      String shown =
          hit.kind("title") == JsonObject.Kind.TEXT && !hit.text("title").isBlank()
              ? hit.text("title") + ": " + text
              : text;
      out.println(row(hit.text("kind"), place(hit), shown));
    }
    out.flush();
  }

  private static String row(String kind, String place, String text) {
    String format = "%-9s %-" + PLACE_WIDTH + "s %s";
    return String.format(Locale.ROOT, format, kind, place, shortened(text, TEXT_WIDTH))
        .stripTrailing();
  }

  /** Of a path that is too long the end stays, which names the file. */
  static String place(JsonObject hit) {
    List<String> parts = new ArrayList<>();
    switch (hit.text("kind")) {
      case "message" -> {
        parts.add(TIME.format(Instant.ofEpochMilli(hit.integer("createdAt"))));
        parts.add(hit.text("author"));
        parts.add(hit.text("id"));
      }
      case "document" -> parts.add(hit.text("id"));
      default -> {
        parts.add(hit.text("libraryId"));
        parts.add(hit.text("version"));
        int taken = String.join(" ", parts).length() + 1;
        String path = hit.text("path") + ":" + hit.integer("line");
        parts.add(endOf(path, Math.max(PLACE_WIDTH - taken, PLACE_WIDTH / 2)));
        return endOf(String.join(" ", parts), PLACE_WIDTH);
      }
    }
    return shortened(String.join(" ", parts), PLACE_WIDTH);
  }

  private static String endOf(String text, int width) {
    String line = onOneLine(text);
    if (line.length() <= width) {
      return line;
    }
    int start = line.length() - width + 1;
    return "…" + line.substring(Character.isLowSurrogate(line.charAt(start)) ? start + 1 : start);
  }

  /** What could steer a terminal becomes a space. */
  private static String onOneLine(String text) {
    return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
  }

  private static String shortened(String text, int width) {
    String line = onOneLine(text);
    if (line.length() <= width) {
      return line;
    }
    int end = Character.isLowSurrogate(line.charAt(width - 1)) ? width - 2 : width - 1;
    return line.substring(0, end) + "…";
  }
}
