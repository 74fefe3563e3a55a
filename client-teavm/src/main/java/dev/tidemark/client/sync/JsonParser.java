package dev.tidemark.client.sync;

import dev.tidemark.protocol.json.JsonObject;

/** Parses the text of one JSON object: Jackson on the JVM, {@code JSON.parse} in the browser. */
@FunctionalInterface
public interface JsonParser {
  /**
   * @throws dev.tidemark.protocol.json.JsonException when the text is no JSON object
   */
  JsonObject parse(String text);
}
