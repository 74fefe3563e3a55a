package dev.tidemark.client.sql;

import dev.tidemark.client.browser.BrowserJsonObject;
import dev.tidemark.client.chromium.Facts;
import dev.tidemark.protocol.contract.ProjectionSuite;

/** Runs the protocol's projection suite on sqlite-wasm, with {@code JSON.parse} as the wire. */
public final class ProjectionSuiteMain {
  private ProjectionSuiteMain() {}

  /** Started by the test page. */
  public static void main(String[] arguments) {
    Facts facts = new Facts();
    Sqlite.load(
        "/engine/sqlite/index.mjs",
        sqlite -> {
          WasmConnection connection = sqlite.openInMemory();
          try {
            ProjectionSuite.run(connection, BrowserJsonObject::parse)
                .forEach(line -> facts.value(line, ""));
          } catch (Throwable failure) {
            facts.fail("projections run", failure.toString());
          }
          connection.close();
          facts.done();
        },
        sentence -> {
          facts.fail("SQLite loads", sentence);
          facts.done();
        });
  }
}
