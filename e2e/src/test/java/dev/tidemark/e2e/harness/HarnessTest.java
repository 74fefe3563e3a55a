package dev.tidemark.e2e.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The harness against a page of its own, with the policy that the product's pages have. */
final class HarnessTest {
  private static final String PAGE =
      """
      <!doctype html><title>page</title>
      <input id="field"><button id="button">Press</button><p id="said"></p><x-box></x-box>
      <script src="/page.js"></script>
      """;
  private static final String SCRIPT =
      """
      document.querySelector('#button').addEventListener('click', () => {
        document.querySelector('#said').textContent = document.querySelector('#field').value;
      });
      const inner = document.querySelector('x-box').attachShadow({mode: 'open'});
      const deep = document.createElement('b');
      deep.textContent = 'in the shadow';
      inner.append(deep);
      addEventListener('pageshow', event => { globalThis.fromCache = event.persisted; });
      """;

  @TempDir Path folder;
  private HttpServer web;
  private String origin;

  @BeforeEach
  void serve() throws IOException {
    web = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
    web.createContext("/", exchange -> answer(exchange, "text/html", PAGE));
    web.createContext("/page.js", exchange -> answer(exchange, "text/javascript", SCRIPT));
    web.start();
    origin = "http://localhost:" + web.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    web.stop(0);
  }

  private static void answer(HttpExchange exchange, String type, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", type);
    exchange
        .getResponseHeaders()
        .add(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self';"
                + " trusted-types tidemark; require-trusted-types-for 'script'");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Test
  void scripts_run_and_promises_are_awaited_where_the_policy_forbids_eval() {
    try (var browser = Browser.start(folder)) {
      Tab tab = browser.open(origin);
      assertEquals(42, tab.evaluate("Promise.resolve(42)").asInt());
      assertEquals("a'b", tab.call("async (a, b) => a.x + b", Map.of("x", "a'"), "b").asText());
      var failed =
          assertThrows(
              Tab.ScriptFailed.class, () -> tab.evaluate("Promise.reject(new Error('no'))"));
      assertTrue(String.valueOf(failed.getMessage()).contains("no"));
      assertThrows(Tab.ScriptFailed.class, () -> tab.evaluate("nowhere()"));
    }
  }

  @Test
  void hands_reach_elements_and_texts_inside_shadow_roots() {
    try (var browser = Browser.start(folder)) {
      Tab tab = browser.open(origin);
      tab.input().type("#field", "hello");
      tab.input().press("Backspace");
      tab.input().click("#button");
      tab.input().waitForText("#said", "hell");
      assertEquals("in the shadow", tab.input().textOf("b"));
      assertTrue(tab.input().textOf("body").contains("in the shadow"));
      assertTrue(Files.exists(tab.screenshot("harness")));
    }
  }

  @Test
  void a_crashed_tab_fails_what_was_in_flight_and_leaves_the_other_tab_alone() {
    try (var browser = Browser.start(folder)) {
      Tab dying = browser.open(origin);
      Tab living = browser.open(origin + "/other");
      var inFlight = dying.evaluateLater("new Promise(() => {})");
      dying.crash();
      assertThrows(CompletionException.class, inFlight::join);
      assertFalse(dying.holds("true"));
      assertEquals(2, living.evaluate("1 + 1").asInt());
      dying.close();
    }
  }

  @Test
  void a_closed_tab_fails_what_was_in_flight() {
    try (var browser = Browser.start(folder)) {
      Tab tab = browser.open(origin);
      var inFlight = tab.evaluateLater("new Promise(() => {})");
      tab.close();
      assertThrows(CompletionException.class, inFlight::join);
    }
  }

  @Test
  void a_page_comes_back_out_of_the_cache() {
    try (var browser = Browser.start(folder)) {
      Tab tab = browser.open(origin);
      tab.evaluate("globalThis.kept = 7");
      tab.navigate(origin + "/other");
      tab.back();
      tab.waitFor("globalThis.fromCache");
      assertEquals(7, tab.evaluate("kept").asInt());
    }
  }

  @Test
  void a_profile_outlives_a_closed_and_a_killed_browser() {
    try (var browser = Browser.start(folder)) {
      browser.open(origin).evaluate("localStorage.setItem('kept', 'yes')");
    }
    try (var browser = Browser.start(folder)) {
      Tab tab = browser.open(origin);
      assertEquals("yes", tab.evaluate("localStorage.getItem('kept')").asText());
      browser.kill();
    }
    try (var browser = Browser.start(folder)) {
      assertEquals("yes", browser.open(origin).evaluate("localStorage.getItem('kept')").asText());
    }
  }

  @Test
  void a_cut_or_swallowing_proxy_stops_a_page_and_a_mended_one_does_not() {
    try (var proxy = new CuttableProxy(web.getAddress().getPort());
        var browser = Browser.start(folder)) {
      Tab tab = browser.open(proxy.origin());
      String fetched = "fetch('/page.js', {cache: 'no-store'}).then(answer => answer.ok)";
      assertTrue(tab.evaluate(fetched).asBoolean());
      proxy.cut();
      assertThrows(Tab.ScriptFailed.class, () -> tab.evaluate(fetched));
      proxy.mend();
      tab.waitFor(fetched);
      proxy.swallow();
      var hanging = tab.evaluateLater(fetched);
      assertThrows(
          AssertionError.class,
          () -> Waiting.until("an answer", Duration.ofMillis(300), hanging::isDone));
      proxy.mend();
      tab.waitFor(fetched);
    }
  }
}
