package dev.tidemark.server.cli;

import dev.tidemark.server.http.HttpSettings;
import dev.tidemark.server.node.Node;
import dev.tidemark.server.node.NodeSettings;
import dev.tidemark.server.stream.StreamLimits;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts the server and stays until it is told to stop. */
@Command(
    name = "serve",
    description = "Starts the server (the default command).",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  private static final Set<String> HERE = Set.of("127.0.0.1", "localhost", "0.0.0.0", "::", "[::]");

  @Spec private CommandSpec spec;
  @Mixin private DataOption data;
  @Mixin private EmbeddingOptions embedding;

  @Mixin private IndexingOptions indexing;

  @Option(names = "--port", defaultValue = "8080", description = "Port (default: 8080; 0: any).")
  private int port;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "Address to listen on (default: 127.0.0.1; 0.0.0.0: all).")
  private String host;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "PEM with the certificate chain: serves HTTPS.")
  private @Nullable Path tlsCert;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "PEM with the private key (PKCS #8).")
  private @Nullable Path tlsKey;

  @Option(
      names = "--max-streams",
      defaultValue = "10000",
      description = "Streams open at a time (default: 10000).")
  private int maxStreams;

  @Option(
      names = "--max-streams-per-user",
      defaultValue = "2000",
      description = "Streams open at a time by one user (default: 2000).")
  private int maxStreamsPerUser;

  @Override
  public Integer call() throws InterruptedException {
    if (host.isBlank()) {
      throw new ParameterException(spec.commandLine(), "--host names an address.");
    }
    if (maxStreams < 1 || maxStreamsPerUser < 1) {
      throw new ParameterException(
          spec.commandLine(), "--max-streams and --max-streams-per-user are at least 1.");
    }
    NodeSettings settings =
        new NodeSettings(
            data.path(),
            new HttpSettings(host, port, tls()),
            new StreamLimits(maxStreams, maxStreamsPerUser),
            embedding.settings(),
            indexing.settings());
    Node node = new Node(settings, Clock.systemUTC());
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(() -> {
                  node.close();
                  stopped.countDown();
                }));
    announce(node);
    node.warmUp();
    stopped.await();
    return 0;
  }

  private HttpSettings.@Nullable Tls tls() {
    if (tlsCert == null && tlsKey == null) {
      return null;
    }
    if (tlsCert == null || tlsKey == null) {
      throw new ParameterException(
          spec.commandLine(), "--tls-cert and --tls-key are given together or not at all.");
    }
    return new HttpSettings.Tls(tlsCert, tlsKey);
  }

  /** The host as it stands in an address that a browser on this machine can open. */
  static String shown(String host) {
    if (HERE.contains(host)) {
      return "localhost";
    }
    return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  private void announce(Node node) {
    String scheme = tlsCert == null ? "http" : "https";
    String address = scheme + "://" + shown(host) + ":" + node.port();
    PrintStream out = System.out;
    out.println("Tidemark is ready at " + address);
    if (node.setupSecret() != null) {
      out.println("Set up: " + address + "/setup#" + node.setupSecret());
    }
    out.flush();
  }
}
