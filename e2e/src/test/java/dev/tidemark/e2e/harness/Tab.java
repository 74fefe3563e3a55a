package dev.tidemark.e2e.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * One tab, driven over the DevTools protocol. Scripts go by {@code Runtime.evaluate}, which the
 * page's content security policy does not stop; the driver's own script commands are stopped by it.
 * Promises are awaited, values come back as JSON. May be used by several threads.
 */
public final class Tab implements AutoCloseable {
  private final CdpConnection devTools;
  private final String target;
  private final String session;
  private final UserInput input;
  private final List<String> errors = new CopyOnWriteArrayList<>();
  private final List<String> console = new CopyOnWriteArrayList<>();

  /** Addresses of the dedicated workers that we are attached to, by session. */
  private final Map<String, String> workers = new ConcurrentHashMap<>();

  private boolean followsWorkers;

  /** A script threw, or the promise it returned was rejected; the message is the page's. */
  public static final class ScriptFailed extends RuntimeException {
    ScriptFailed(String message) {
      super(message);
    }
  }

  private Tab(CdpConnection devTools, String target, String session) {
    this.devTools = devTools;
    this.target = target;
    this.session = session;
    this.input = new UserInput(this);
  }

  static Tab attach(CdpConnection devTools, String target) {
    JsonNode attached =
        devTools.send("Target.attachToTarget", Map.of("targetId", target, "flatten", true));
    var tab = new Tab(devTools, target, attached.path("sessionId").asText());
    devTools.listen(tab::notice);
    for (String domain : List.of("Page", "Runtime", "Log", "Inspector")) {
      tab.command(domain + ".enable", Map.of());
    }
    return tab;
  }

  private void notice(CdpConnection.Event event) {
    if (!event.session().equals(session)) {
      return;
    }
    JsonNode params = event.params();
    switch (event.method()) {
      case "Runtime.exceptionThrown" -> errors.add(describe(params.path("exceptionDetails")));
      case "Log.entryAdded" -> {
        JsonNode entry = params.path("entry");
        console.add(
            entry.path("level").asText()
                + ": "
                + entry.path("text").asText()
                + " "
                + entry.path("url").asText());
      }
      case "Runtime.consoleAPICalled" -> {
        var words = new StringBuilder(params.path("type").asText()).append(':');
        params
            .path("args")
            .forEach(arg ->
                words
                    .append(' ')
                    .append(arg.path("value").asText(arg.path("description").asText())));
        console.add(words.toString());
      }
      case "Target.attachedToTarget" -> {
        JsonNode info = params.path("targetInfo");
        if (info.path("type").asText().equals("worker")) {
          workers.put(params.path("sessionId").asText(), info.path("url").asText());
        }
      }
      case "Target.detachedFromTarget" -> workers.remove(params.path("sessionId").asText());
      default -> {}
    }
  }

  /** Sends any DevTools command to this tab and waits for its reply. */
  public JsonNode command(String method, Map<String, ?> params) {
    return devTools.send(session, method, params);
  }

  /** The DevTools id of this tab's target, which is also the driver's window handle. */
  public String target() {
    return target;
  }

  /** Clicks, typing and keys, as real input events. */
  public UserInput input() {
    return input;
  }

  /**
   * The value of an expression, awaited when it is a promise.
   *
   * @throws ScriptFailed when it throws or is rejected
   * @throws CdpConnection.CommandFailed when the page goes away meanwhile
   */
  public JsonNode evaluate(String expression) {
    return result(CdpConnection.await("evaluate " + expression, evaluateRaw(expression)));
  }

  /**
   * Like {@link #evaluate}, without waiting: for a query that is in flight while something breaks.
   */
  public CompletableFuture<JsonNode> evaluateLater(String expression) {
    return evaluateRaw(expression).thenApply(Tab::result);
  }

  /**
   * Calls a function such as {@code "async (a, b) => ..."} with arguments that can be written as
   * JSON.
   */
  public JsonNode call(String function, Object... arguments) {
    return evaluate(callOf(function, arguments));
  }

  /** Like {@link #call}, without waiting. */
  public CompletableFuture<JsonNode> callLater(String function, Object... arguments) {
    return evaluateLater(callOf(function, arguments));
  }

  private static String callOf(String function, Object... arguments) {
    return Arrays.stream(arguments)
        .map(Json::write)
        .collect(Collectors.joining(",", "(" + function + ")(", ")"));
  }

  private CompletableFuture<JsonNode> evaluateRaw(String expression) {
    return devTools.sendLater(
        session,
        "Runtime.evaluate",
        Map.of(
            "expression",
            expression,
            "awaitPromise",
            true,
            "returnByValue",
            true,
            "userGesture",
            true));
  }

  private static JsonNode result(JsonNode reply) {
    if (reply.has("exceptionDetails")) {
      throw new ScriptFailed(describe(reply.path("exceptionDetails")));
    }
    return reply.path("result").path("value");
  }

  private static String describe(JsonNode exception) {
    JsonNode thrown = exception.path("exception");
    return thrown
        .path("description")
        .asText(exception.path("text").asText() + " " + thrown.path("value"));
  }

  /**
   * Whether a JavaScript condition is true now; false too while the page is being replaced, or
   * crashed.
   */
  public boolean holds(String condition) {
    try {
      return evaluate("Promise.resolve(" + condition + ").then(Boolean)").asBoolean();
    } catch (ScriptFailed | CdpConnection.CommandFailed notNow) {
      return false;
    }
  }

  /** Waits until a JavaScript condition (or what its promise resolves with) is true. */
  public void waitFor(String condition) {
    waitFor(condition, Waiting.PATIENCE);
  }

  /** Waits until a JavaScript condition is true; a condition that throws is not true yet. */
  public void waitFor(String condition, Duration patience) {
    Waiting.until(
        condition,
        patience,
        () -> evaluate("(async () => Boolean(await (" + condition + ")))()").asBoolean());
  }

  /** Goes to an address and waits until the page has loaded. */
  public void navigate(String url) {
    JsonNode navigated = command("Page.navigate", Map.of("url", url));
    if (navigated.has("errorText")) {
      throw new IllegalStateException(
          url + " cannot be opened: " + navigated.path("errorText").asText());
    }
    waitFor("document.readyState === 'complete'");
  }

  /** Reloads and waits until the new page has loaded. */
  public void reload() {
    startReload();
    waitFor(
        "!globalThis.__beforeReload && document.readyState === 'complete' && location.protocol !=="
            + " 'chrome-error:'");
  }

  /** Reloads without waiting for anything. */
  public void startReload() {
    evaluate("globalThis.__beforeReload = true");
    command("Page.reload", Map.of());
  }

  /**
   * Goes back one entry in the history, out of the back/forward cache where the browser kept the
   * page.
   */
  public void back() {
    JsonNode history = command("Page.getNavigationHistory", Map.of());
    int current = history.path("currentIndex").asInt();
    JsonNode entry = history.path("entries").path(current - 1);
    if (current < 1) {
      throw new IllegalStateException("no history to go back to: " + history);
    }
    command("Page.navigateToHistoryEntry", Map.of("entryId", entry.path("id").asInt()));
    waitFor(
        "location.href === "
            + Json.write(entry.path("url").asText())
            + " && document.readyState === 'complete'");
  }

  /**
   * Runs a script in this tab's dedicated workers whose address contains a piece of text. Workers
   * that start later are not reached.
   *
   * @return how many there were
   */
  public int inWorkers(String addressPiece, String expression) {
    if (!followsWorkers) {
      followWorkers(true, false);
    }
    // The events of what is there already came before the reply.
    int reached = 0;
    for (var worker : workers.entrySet()) {
      if (worker.getValue().contains(addressPiece)) {
        devTools.send(worker.getKey(), "Runtime.evaluate", Map.of("expression", expression));
        reached++;
      }
    }
    if (!followsWorkers) {
      followWorkers(false, false);
    }
    return reached;
  }

  private void followWorkers(boolean follow, boolean holdAtStart) {
    command(
        "Target.setAutoAttach",
        Map.of("autoAttach", follow, "waitForDebuggerOnStart", holdAtStart, "flatten", true));
  }

  /** Runs a script in every page of this tab from now on, before the page's own. */
  public void beforeScripts(String script) {
    command("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
  }

  /**
   * Runs a script in every worker that this tab's pages start from now on, before the worker's own.
   * So early, interfaces of secure contexts are not there yet. The hub of all tabs is not reached.
   */
  public void beforeWorkers(String script) {
    devTools.listen(event -> {
      if (event.session().equals(session) && event.method().equals("Target.attachedToTarget")) {
        String worker = event.params().path("sessionId").asText();
        // Commands of one session are carried out in their order; nobody waits on this thread.
        var unused = devTools.sendLater(worker, "Runtime.evaluate", Map.of("expression", script));
        unused = devTools.sendLater(worker, "Runtime.runIfWaitingForDebugger", Map.of());
      }
    });
    followWorkers(true, true);
    followsWorkers = true;
  }

  /** Brings this tab to the front of its window. */
  public void activate() {
    devTools.send("Target.activateTarget", Map.of("targetId", target));
  }

  /**
   * Crashes the renderer process of this tab. Nothing is answered after that; {@link #close} still
   * works.
   */
  public void crash() {
    var neverAnswered = devTools.sendLater(session, "Page.crash", Map.of());
    Waiting.until("the renderer to crash", neverAnswered::isDone);
  }

  /** Closes the tab as its close button does; harmless for one that is closing already. */
  @Override
  public void close() {
    try {
      devTools.send("Target.closeTarget", Map.of("targetId", target));
    } catch (CdpConnection.CommandFailed e) {
      // A tab that was told to close is listed for a moment longer: gone is what was asked for.
      if (!String.valueOf(e.getMessage()).contains("No target with given id")) {
        throw e;
      }
    }
  }

  /** Sizes the page; a narrow one also gets touch and a mobile viewport. */
  public void resize(int widthPixels, int heightPixels) {
    boolean phone = widthPixels < 600;
    command(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width",
            widthPixels,
            "height",
            heightPixels,
            "deviceScaleFactor",
            phone ? 2 : 1,
            "mobile",
            phone));
  }

  /**
   * Prefers {@code light} or {@code dark}, as the system's setting does, and no motion: on a busy
   * machine colours would be half-way between the two when they are looked at.
   */
  public void preferColorScheme(String scheme) {
    command(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", scheme),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  /** Writes what the tab shows to {@code e2e/target/screenshots/NAME.png}. */
  public Path screenshot(String name) {
    byte[] png =
        Base64.getDecoder()
            .decode(
                command("Page.captureScreenshot", Map.of("format", "png")).path("data").asText());
    Path file = Repository.root().resolve("e2e/target/screenshots").resolve(name + ".png");
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, png);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** Uncaught exceptions and rejections of the page so far. */
  public List<String> errors() {
    return List.copyOf(errors);
  }

  /**
   * What the page and the browser wrote to the console so far, level first; violations of the
   * policy too.
   */
  public List<String> console() {
    return List.copyOf(console);
  }
}
