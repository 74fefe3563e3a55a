package dev.tidemark.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The real server as a child process, started as ./run starts it, on a data folder and a port that
 * stay the same when it is killed and started again.
 */
public final class TidemarkServer implements AutoCloseable {
  private static final String READY = "Tidemark is ready at ";
  private static final String SET_UP = "Set up: ";
  private static final Duration START_PATIENCE = Duration.ofSeconds(60);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);
  private static final Duration COMMAND_PATIENCE = Duration.ofMinutes(5);
  private static final int LINES_SHOWN = 40;

  private final Path data;
  private final int port;
  private final List<String> options;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private volatile @Nullable Process process;
  private volatile @Nullable String setupUrl;

  /** What a command of the command line left behind. */
  public record Finished(int status, String out, String err) {}

  private TidemarkServer(Path data, int port, List<String> options) {
    this.data = data;
    this.port = port;
    this.options = options;
  }

  /** Starts a server on a data folder, new or used, and waits until it says that it is ready. */
  public static TidemarkServer start(Path data, String... options) {
    var server = new TidemarkServer(data, freePort(), List.of(options));
    server.start();
    return server;
  }

  /** A TCP port that was free a moment ago. */
  public static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port", e);
    }
  }

  /** Starts it again after {@link #kill} or {@link #stop}, on the same port and data. */
  public void start() {
    var command =
        command(
            "serve", "--port", String.valueOf(port), "--data", data.toAbsolutePath().toString());
    command.addAll(options);
    int before = lines.size();
    Process started = launch(new ProcessBuilder(command).redirectErrorStream(true));
    process = started;
    Thread.ofVirtual().start(() -> started.inputReader().lines().forEach(lines::add));
    Waiting.until(
        "the server to be ready",
        START_PATIENCE,
        () -> {
          if (lines.stream().skip(before).anyMatch(line -> line.startsWith(READY))) {
            return true;
          }
          if (!started.isAlive()) {
            throw new AssertionError(
                "the server ended with status " + started.exitValue() + ":\n" + log());
          }
          return false;
        });
    lines.stream()
        .skip(before)
        .filter(line -> line.startsWith(SET_UP))
        .forEach(line -> setupUrl = line.substring(SET_UP.length()).strip());
  }

  /** {@code http://localhost:PORT}, without a slash. */
  public String origin() {
    return "http://localhost:" + port;
  }

  public int port() {
    return port;
  }

  public Path data() {
    return data;
  }

  /** The set-up link that the first start printed. */
  public String setupUrl() {
    String url = setupUrl;
    if (url == null) {
      // Printed after the ready line, it may be a moment later.
      url =
          Waiting.present(
              "the set-up link",
              Waiting.PATIENCE,
              () ->
                  lines.stream()
                      .filter(line -> line.startsWith(SET_UP))
                      .map(line -> line.substring(SET_UP.length()).strip())
                      .findFirst()
                      .orElse(null));
      setupUrl = url;
    }
    return url;
  }

  /** Makes a user where missing and returns an API token of theirs. */
  public String token(String user, boolean admin) {
    var arguments = new ArrayList<>(List.of("token", "--user", user));
    if (admin) {
      arguments.add("--admin");
    }
    Finished finished = run(arguments.toArray(String[]::new));
    if (finished.status() != 0) {
      throw new AssertionError("no token for " + user + ": " + finished);
    }
    return finished.out().strip();
  }

  /**
   * Runs a command of the command line on this server's data folder, running or not, and waits for
   * its end.
   */
  public Finished run(String... arguments) {
    var command = command(arguments);
    command.add("--data");
    command.add(data.toAbsolutePath().toString());
    try {
      Path out = Files.createTempFile("tidemark", ".out");
      Path err = Files.createTempFile("tidemark", ".err");
      try {
        Process running =
            launch(
                new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile()));
        running.getOutputStream().close();
        if (!running.waitFor(COMMAND_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
          running.destroyForcibly();
          throw new AssertionError(List.of(arguments) + " did not end:\n" + Files.readString(err));
        }
        return new Finished(running.exitValue(), Files.readString(out), Files.readString(err));
      } finally {
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + List.of(arguments), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + List.of(arguments), e);
    }
  }

  /**
   * Kills the server as {@code kill -9} does and waits until it is gone; does nothing when it does
   * not run.
   */
  public void kill() {
    end(Process::destroyForcibly);
  }

  /**
   * Stops the server as Ctrl-C does and waits until it is gone; does nothing when it does not run.
   */
  public void stop() {
    end(running -> {
      running.destroy();
      return running;
    });
  }

  private void end(UnaryOperator<Process> signal) {
    Process running = process;
    if (running != null) {
      Process signalled = signal.apply(running);
      Waiting.until("the server to end", STOP_PATIENCE, () -> !signalled.isAlive());
      process = null;
    }
  }

  public boolean isRunning() {
    Process running = process;
    return running != null && running.isAlive();
  }

  /** The last lines the server wrote. */
  public String log() {
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
  }

  @Override
  public void close() {
    kill();
  }

  private static Process launch(ProcessBuilder builder) {
    builder.environment().keySet().removeIf(name -> name.startsWith("TIDEMARK_"));
    try {
      Process process = builder.start();
      // Also when the tests' own JVM is stopped half-way, no server stays behind.
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + builder.command(), e);
    }
  }

  private static List<String> command(String... arguments) {
    Path target = Repository.root().resolve("server/target");
    try (Stream<Path> jars = Files.list(target)) {
      Path jar =
          jars.filter(file -> file.getFileName().toString().matches("server-.*\\.jar"))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("no server jar in " + target));
      var command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--enable-native-access=ALL-UNNAMED",
                  "--sun-misc-unsafe-memory-access=allow",
                  "-cp",
                  jar + ":" + target.resolve("lib") + "/*",
                  "dev.tidemark.server.cli.Tidemark"));
      if (arguments[0].equals("serve")) {
        command.add(1, "--add-modules=jdk.incubator.vector"); // as ./run does; see there
      }
      command.addAll(List.of(arguments));
      return command;
    } catch (IOException e) {
      throw new UncheckedIOException("the server is not built: " + target, e);
    }
  }
}
