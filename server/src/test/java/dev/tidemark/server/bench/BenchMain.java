package dev.tidemark.server.bench;

import dev.tidemark.server.http.HttpSettings;
import dev.tidemark.server.node.Node;
import dev.tidemark.server.node.NodeSettings;
import dev.tidemark.server.search.QualityBench;
import dev.tidemark.server.stream.StreamLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Runs the benchmarks of the server one after the other, each on a fresh folder. */
public final class BenchMain {
  private BenchMain() {}

  public static void main(String[] arguments) {
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
    int status = 0;
    try {
      run(arguments);
    } catch (Exception e) {
      e.printStackTrace();
      status = 1;
    }
    System.exit(status); // threads of a node that failed to start would keep the process
  }

  private static void run(String[] arguments) throws Exception {
    switch (arguments.length > 0 ? arguments[0] : "server") {
      case "vectors" -> VectorBench.run(arguments.length > 1 ? arguments[1] : null);
      case "embed" -> EmbedBench.run();
      case "index" -> IndexBench.run(arguments.length > 1 ? Path.of(arguments[1]) : null);
      case "search" -> SearchBench.run(Path.of(System.getProperty("tidemark.root", ".")));
      case "quality" -> {
        Path cache =
            Path.of(System.getProperty("tidemark.root", ".")).resolve("server/target/quality");
        QualityBench.run(List.of(arguments).subList(1, arguments.length), cache);
      }
      default -> server(arguments);
    }
  }

  private static void server(String[] arguments) throws IOException {
    List<Function<Node, Row>> benches = new ArrayList<>();
    String only = arguments.length > 1 ? arguments[1] : "append http streams import socket";
    if (only.contains("append")) {
      benches.add(AppendBench::inProcess);
    }
    if (only.contains("http")) {
      benches.add(AppendBench::overHttp);
    }
    if (only.contains("streams")) {
      benches.add(StreamBench::oneEventToManyStreams);
    }
    if (only.contains("import")) {
      benches.add(ImportBench::direct);
    }
    if (only.contains("socket")) {
      benches.add(ImportBench::throughTheSocket);
    }
    System.out.println(Row.header());
    for (Function<Node, Row> bench : benches) {
      System.out.println(withNode(bench).line());
    }
  }

  private static Row withNode(Function<Node, Row> bench) throws IOException {
    Path data = Files.createTempDirectory("tidemark-bench");
    try (Node node =
        new Node(
            new NodeSettings(data, new HttpSettings("127.0.0.1", 0, null), StreamLimits.DEFAULT),
            Clock.systemUTC())) {
      return bench.apply(node);
    } finally {
      delete(data);
    }
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
