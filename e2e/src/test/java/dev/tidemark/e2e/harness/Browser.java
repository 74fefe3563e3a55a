package dev.tidemark.e2e.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * One Chromium with one profile folder. Closing it and starting another one on the same folder is a
 * browser restart; two folders are two devices. Tabs opened here are windows of their own, so that
 * none of them is throttled as hidden unless a test wants it.
 */
public final class Browser implements AutoCloseable {
  /**
   * Held so that the level stays set: Selenium warns that it does not know this Chromium, with
   * every start.
   */
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  private static final Duration COOKIE_LIFE = Duration.ofDays(1);

  static {
    SELENIUM.setLevel(Level.SEVERE);
  }

  private final ChromeDriverService service;
  private final ChromeDriver driver;
  private final CdpConnection devTools;
  private final List<Tab> tabs = new CopyOnWriteArrayList<>();

  private Browser(ChromeDriverService service, ChromeDriver driver, CdpConnection devTools) {
    this.service = service;
    this.driver = driver;
    this.devTools = devTools;
  }

  /**
   * Starts Chromium on a profile folder, which is made where missing and kept at the end.
   *
   * @param flags more switches of its command line, such as {@code --host-resolver-rules=...}
   */
  public static Browser start(Path profile, String... flags) {
    var options = new ChromeOptions();
    options.setBinary(Chrome.binary());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1280,800",
        "--user-data-dir=" + profile.toAbsolutePath());
    options.addArguments(flags);
    // A service of our own: a browser that is killed does not take the driver process with it.
    var service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(Chrome.driver())
            .usingAnyFreePort()
            .withSilent(true)
            .build();
    var driver = new ChromeDriver(service, options);
    return new Browser(service, driver, new CdpConnection(devToolsAddress(driver)));
  }

  private static URI devToolsAddress(ChromeDriver driver) {
    if (!(driver.getCapabilities().getCapability("goog:chromeOptions")
        instanceof Map<?, ?> options)) {
      throw new IllegalStateException("chromedriver names no address of the DevTools");
    }
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(
                  URI.create("http://" + options.get("debuggerAddress") + "/json/version"))
              .build();
      String version = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return URI.create(Json.parse(version).path("webSocketDebuggerUrl").asText());
    } catch (IOException e) {
      throw new IllegalStateException("the DevTools do not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking for the DevTools", e);
    }
  }

  /** Opens a visible tab and waits until the page has loaded. */
  public Tab open(String url) {
    Tab tab = openBlank(true);
    tab.navigate(url);
    return tab;
  }

  /** Opens a tab in front of the last one, which becomes hidden. */
  public Tab openInSameWindow(String url) {
    Tab tab = openBlank(false);
    tab.navigate(url);
    return tab;
  }

  /** An empty tab, to be prepared before it goes anywhere. */
  public Tab blank() {
    return openBlank(true);
  }

  private Tab openBlank(boolean newWindow) {
    JsonNode target =
        devTools.send("Target.createTarget", Map.of("url", "about:blank", "newWindow", newWindow));
    Tab tab = Tab.attach(devTools, target.path("targetId").asText());
    tabs.add(tab);
    return tab;
  }

  /** Opens a tab on an address without waiting for the page. */
  public Tab openLater(String url) {
    Tab tab = openBlank(true);
    tab.command("Page.navigate", Map.of("url", url));
    return tab;
  }

  /**
   * Has a tab open another one on the same address, with a copy of its session storage, as
   * duplicating a tab does.
   */
  public Tab duplicate(Tab tab) {
    var before = pageTargets();
    tab.evaluate("void open(location.href)");
    String target =
        Waiting.present(
            "the duplicated tab",
            Waiting.PATIENCE,
            () ->
                pageTargets().stream().filter(id -> !before.contains(id)).findFirst().orElse(null));
    Tab copy = Tab.attach(devTools, target);
    tabs.add(copy);
    copy.waitFor("document.readyState === 'complete'");
    return copy;
  }

  private List<String> pageTargets() {
    var ids = new ArrayList<String>();
    for (JsonNode info : devTools.send("Target.getTargets", Map.of()).path("targetInfos")) {
      if (info.path("type").asText().equals("page")) {
        ids.add(info.path("targetId").asText());
      }
    }
    return ids;
  }

  /** Closes all tabs opened so far. */
  public void closeTabs() {
    var open = pageTargets();
    for (Tab tab : tabs) {
      if (open.contains(tab.target())) {
        tab.close();
      }
    }
    tabs.clear();
  }

  /** The tabs opened so far, closed and crashed ones too. */
  public List<Tab> tabs() {
    return List.copyOf(tabs);
  }

  /**
   * For what only WebDriver does: real elements, virtual authenticators. Its commands see one
   * window at a time.
   */
  public ChromeDriver driver() {
    return driver;
  }

  /** Our own DevTools connection, to the browser as a whole and to any of its targets. */
  public CdpConnection devTools() {
    return devTools;
  }

  /**
   * Grants permissions by their DevTools names, such as {@code durableStorage} and {@code
   * notifications}.
   */
  public void grant(String origin, String... permissions) {
    devTools.send(
        "Browser.grantPermissions", Map.of("origin", origin, "permissions", List.of(permissions)));
  }

  /** Sets a cookie that scripts cannot read and that outlives the browser, as signing in does. */
  public void setCookie(String origin, String name, String value) {
    devTools.send(
        "Storage.setCookies",
        Map.of(
            "cookies",
            List.of(
                Map.of(
                    "name",
                    name,
                    "value",
                    value,
                    "url",
                    origin,
                    "httpOnly",
                    true,
                    "sameSite",
                    "Lax",
                    "expires",
                    System.currentTimeMillis() / 1000 + COOKIE_LIFE.toSeconds()))));
  }

  /**
   * Kills the whole browser as a power cut would: no unload, nothing written that was not written
   * yet.
   */
  public void kill() {
    for (JsonNode process :
        devTools.send("SystemInfo.getProcessInfo", Map.of()).path("processInfo")) {
      if (process.path("type").asText().equals("browser")) {
        ProcessHandle browser = ProcessHandle.of(process.path("id").asLong()).orElseThrow();
        // Renderers first: they would otherwise live on for the moment it takes them to notice.
        browser.descendants().forEach(ProcessHandle::destroyForcibly);
        browser.destroyForcibly();
        // Not isAlive(): the process stays a zombie until the driver asks for it.
        Waiting.until("the browser to be gone", devTools::isClosed);
      }
    }
    devTools.close();
    service.stop();
  }

  /** Closes the browser in good order, as a person does; does nothing after {@link #kill}. */
  @Override
  public void close() {
    if (!service.isRunning()) {
      return;
    }
    try {
      devTools.send("Browser.close", Map.of());
    } catch (CdpConnection.CommandFailed alreadyClosing) {
      // The connection may go before the reply comes.
    }
    devTools.close();
    try {
      driver.quit();
    } catch (WebDriverException alreadyGone) {
      // The driver finds no browser to close, which is what we wanted.
    } finally {
      service.stop();
    }
  }

  /** Waits until a tab fulfils a JavaScript condition; for conditions on any of several tabs. */
  public void waitForAny(String condition, Duration patience) {
    Waiting.until(
        "any tab with " + condition,
        patience,
        () -> tabs.stream().anyMatch(tab -> tab.holds(condition)));
  }
}
