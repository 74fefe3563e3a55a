package dev.tidemark.e2e.bench;

import dev.tidemark.e2e.harness.Tab;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Puts the measuring scripts into a page by the DevTools protocol; its content security policy
 * forbids imports.
 */
final class Scripts {
  private Scripts() {}

  static void install(Tab tab) {
    String events = read("events.mjs").replace("export function", "function");
    tab.evaluate("globalThis.makeEvents = (() => {" + events + "; return makeEvents; })(); 0");
    tab.evaluate(read("measure.js") + "; 0");
  }

  private static String read(String name) {
    try (InputStream in = Scripts.class.getResourceAsStream("/bench/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("bench/" + name, e);
    }
  }
}
