package dev.tidemark.client.chromium;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium with a fresh profile, and a server that it loads compiled mains from. */
public final class Chromium implements AutoCloseable {
  /** What a main reported, line by line: outcome, name and detail, separated by tabs. */
  public record Line(String outcome, String name, String detail) {
    static Line of(String text) {
      String[] parts = text.split("\t", 3);
      return new Line(parts[0], parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2] : "");
    }
  }

  private static final Map<String, String> TYPES =
      Map.of(
          "js",
          "text/javascript",
          "json",
          "application/json",
          "mjs",
          "text/javascript",
          "wasm",
          "application/wasm");

  private static final Path BENCH = Path.of("..", "e2e", "src", "test", "resources", "bench");

  private static final String POLICY =
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self';"
          + " connect-src 'self'; base-uri 'none'; trusted-types tidemark;"
          + " require-trusted-types-for 'script'";

  private final Path scripts;
  private final Path sqlite;
  private final HttpServer server;
  private final Path profile;
  private final ChromeDriver driver;
  private final BlockingQueue<String> results = new LinkedBlockingQueue<>();

  private final Map<String, byte[]> served = new ConcurrentHashMap<>();
  private final Map<String, String> prefixes = new ConcurrentHashMap<>();
  private volatile boolean answering = true;

  private Chromium(Path scripts) throws IOException, InterruptedException {
    this.scripts = scripts;
    this.sqlite = sqliteModule();
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    this.profile = Files.createTempDirectory("tidemark-chromium");
    this.driver = startDriver(profile);
  }

  /**
   * Compiles mains (script name to class) and starts the browser. Compiling is skipped when nothing
   * changed since the last time.
   */
  public static Chromium start(String work, Map<String, Class<?>> mains)
      throws IOException, InterruptedException {
    Path directory = Path.of("target", "chromium", work);
    compile(directory, mains);
    return new Chromium(directory);
  }

  /** Loads a script in a dedicated worker of a new page and waits for its report. */
  public List<Line> run(String script, Duration patience) throws InterruptedException {
    return open("/page.html?worker=/" + script, patience);
  }

  /** Opens a page and waits for the report that it or its worker sends. */
  public List<Line> open(String path, Duration patience) throws InterruptedException {
    results.clear();
    driver.get("http://localhost:" + server.getAddress().getPort() + path);
    String report = results.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (report == null) {
      throw new AssertionError(
          path + " reported nothing in " + patience + "; console: " + console());
    }
    return report.lines().map(Line::of).toList();
  }

  /** Leaves the page for an empty one. */
  public void leave() {
    driver.get("about:blank");
  }

  /** Serves a text under a path from now on. */
  public void serve(String path, String body) {
    served.put(path, body.getBytes(StandardCharsets.UTF_8));
  }

  /** Answers a path by a program. */
  public void handle(String path, HttpHandler handler) {
    server.createContext(path, handler);
  }

  /** Puts a text before a compiled script. */
  public void prefix(String path, String text) {
    prefixes.put(path, text);
  }

  /** A file among the test resources of the browser. */
  public String resource(String name) {
    try (InputStream resource = Chromium.class.getResourceAsStream("/chromium/" + name)) {
      if (resource == null) {
        throw new IllegalArgumentException("there is no resource " + name);
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** While false the server drops every connection, but still takes reports. */
  public void answering(boolean on) {
    answering = on;
  }

  /** Tries until it holds. */
  public void await(Callable<Boolean> condition, Duration patience) throws Exception {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not so after " + patience);
      }
    }
  }

  private String console() {
    return String.join(
        "\n",
        driver.manage().logs().get(LogType.BROWSER).getAll().stream()
            .map(Object::toString)
            .toList());
  }

  @Override
  public void close() throws IOException {
    driver.quit();
    server.stop(0);
    try (Stream<Path> files = Files.walk(profile)) {
      files.sorted((a, b) -> b.compareTo(a)).map(Path::toFile).forEach(File::delete);
    }
  }

  private static ChromeDriver startDriver(Path profile) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(
        onPath("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"));
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + profile);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, java.util.logging.Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(onPath("chromedriver"))
            .usingAnyFreePort()
            .build();
    return new ChromeDriver(service, options);
  }

  private static File onPath(String... names) {
    for (String folder : String.valueOf(System.getenv("PATH")).split(File.pathSeparator)) {
      for (String name : names) {
        File candidate = new File(folder, name);
        if (candidate.canExecute()) {
          return candidate;
        }
      }
    }
    throw new AssertionError("none of " + List.of(names) + " is on the PATH");
  }

  private static void compile(Path directory, Map<String, Class<?>> mains)
      throws IOException, InterruptedException {
    String everything = System.getProperty("java.class.path");
    List<String> classes =
        Stream.of(everything.split(File.pathSeparator))
            .filter(entry ->
                Files.isDirectory(Path.of(entry))
                    || entry.contains("shared-protocol")
                    || Path.of(entry).getFileName().toString().startsWith("teavm-")
                    || entry.contains("jspecify"))
            .toList();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseParallelGC", "-Xmx1g", "-cp", everything));
    command.add(Path.of("src", "build", "java", "CompileEngine.java").toString());
    command.add(directory.resolve("work").toString());
    command.add(String.join(File.pathSeparator, classes));
    command.add("release");
    mains.forEach((name, main) -> command.add(directory.resolve(name) + "=" + main.getName()));
    run("the mains do not compile", new ProcessBuilder(command));
  }

  /**
   * Runs a program to its end. It does not inherit our streams: the test runner speaks to its
   * parent over them.
   */
  private static void run(String failure, ProcessBuilder program)
      throws IOException, InterruptedException {
    Process process = program.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(failure + ":\n" + said);
    }
  }

  /** The official module, as the web module's lockfile brings it. */
  private static Path sqliteModule() throws IOException, InterruptedException {
    Path web = Path.of("..", "web");
    Path module = web.resolve("node_modules/@sqlite.org/sqlite-wasm/dist");
    if (!Files.exists(module)) {
      run(
          "sqlite-wasm cannot be installed from web/package-lock.json",
          new ProcessBuilder("node", "build/install.mjs").directory(web.toFile()));
    }
    return module;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (path.equals("/result")) {
        results.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        exchange.sendResponseHeaders(204, -1);
        return;
      }
      if (!answering) {
        return;
      }
      byte @org.jspecify.annotations.Nullable [] body = content(path);
      var headers = exchange.getResponseHeaders();
      headers.set("Content-Security-Policy", POLICY);
      headers.set("Cross-Origin-Opener-Policy", "same-origin");
      headers.set("Cross-Origin-Embedder-Policy", "require-corp");
      headers.set("Cross-Origin-Resource-Policy", "same-origin");
      headers.set("Cache-Control", "no-store");
      String extension = path.substring(path.lastIndexOf('.') + 1);
      headers.set("Content-Type", TYPES.getOrDefault(extension, "text/html; charset=utf-8"));
      if (body == null) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }

  private byte @org.jspecify.annotations.Nullable [] content(String path) throws IOException {
    byte[] text = served.get(path);
    if (text != null) {
      return text;
    }
    String name = path.substring(path.lastIndexOf('/') + 1);
    Path folder =
        path.startsWith("/engine/sqlite/") ? sqlite : path.startsWith("/bench/") ? BENCH : scripts;
    Path file = folder.resolve(name);
    if (Files.isRegularFile(file)) {
      String prefix = prefixes.getOrDefault(path, "");
      return (prefix + Files.readString(file, StandardCharsets.ISO_8859_1))
          .getBytes(StandardCharsets.ISO_8859_1);
    }
    try (var resource = Chromium.class.getResourceAsStream("/chromium/" + name)) {
      return resource == null ? null : resource.readAllBytes();
    }
  }
}
