package dev.tidemark.e2e.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What axe-core finds on a page. */
public final class Axe {
  private static final Path SCRIPT =
      Repository.root().resolve("web/node_modules/axe-core/axe.min.js");

  private Axe() {}

  /** All findings on what a tab shows now, in both colour schemes; leaves the dark one. */
  public static List<String> findings(Tab tab) {
    // Colours must not be looked at half-way between two schemes.
    tab.command("Animation.enable", Map.of());
    tab.command("Animation.setPlaybackRate", Map.of("playbackRate", 10_000));
    var found = new ArrayList<String>();
    for (String scheme : List.of("light", "dark")) {
      tab.preferColorScheme(scheme);
      for (JsonNode violation : run(tab)) {
        found.add(scheme + " " + violation);
      }
    }
    return found;
  }

  private static JsonNode run(Tab tab) {
    if (!tab.holds("globalThis.axe !== undefined")) {
      tab.evaluate(source() + ";void 0");
    }
    return tab.evaluate(
        """
        new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))
          .then(() => axe.run(document, {resultTypes: ['violations']}))
          .then(({violations}) => violations.map(({id, help, nodes}) => ({
            id, help, nodes: nodes.slice(0, 5).map(({target, html, failureSummary}) =>
              ({target: JSON.stringify(target), html: html.slice(0, 200), failureSummary}))})))
        """);
  }

  private static String source() {
    try {
      return Files.readString(SCRIPT);
    } catch (IOException e) {
      throw new UncheckedIOException("axe-core comes with the packages of web: " + SCRIPT, e);
    }
  }
}
