package dev.tidemark.protocol.json;

/** Text to object, as the platform does it. */
@FunctionalInterface
public interface JsonParser {

  /**
   * @throws JsonException when the text is no JSON object
   */
  JsonObject parse(String text);
}
