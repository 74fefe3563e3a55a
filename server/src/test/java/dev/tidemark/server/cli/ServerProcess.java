package dev.tidemark.server.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command of Tidemark in a process of its own, as {@code ./run} starts it. */
final class ServerProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final BufferedReader output;

  ServerProcess(String... arguments) throws IOException {
    process = builder(arguments).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Starts a server on any free port and waits until it is ready. */
  static ServerProcess serve(Path data) throws IOException {
    return new ServerProcess("serve", "--port", "0", "--data", data.toString());
  }

  static ProcessBuilder builder(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (arguments[0].equals("serve")) {
      command.add("--add-modules=jdk.incubator.vector"); // as ./run does; see there
    }
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Tidemark.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  /** What a command printed, on both outputs, and its exit status. */
  record Outcome(int status, String output) {}

  static Outcome run(String... arguments) throws IOException, InterruptedException {
    return run(builder(arguments));
  }

  static Outcome run(ProcessBuilder builder) throws IOException, InterruptedException {
    Process process = builder.redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return new Outcome(process.exitValue(), output);
  }

  /** The next line on standard output that begins so, without that beginning. */
  String lineAfter(String beginning) throws IOException {
    String line = output.readLine();
    while (line != null && !line.startsWith(beginning)) {
      line = output.readLine();
    }
    if (line == null) {
      throw new IOException("the process ended without a line \"" + beginning + "...\"");
    }
    return line.substring(beginning.length());
  }

  int readyPort() throws IOException {
    String address = lineAfter("Tidemark is ready at ");
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  /** SIGKILL: no chance to finish anything. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** SIGTERM, as Ctrl-C does; milliseconds until it was gone. */
  long stopMillis() throws InterruptedException {
    long start = System.nanoTime();
    process.destroy();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the process did not stop");
    }
    return (System.nanoTime() - start) / 1_000_000;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
