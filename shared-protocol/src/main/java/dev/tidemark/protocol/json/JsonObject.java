package dev.tidemark.protocol.json;

import java.util.List;

/**
 * Read access to one parsed JSON object. The server implements it over Jackson's streaming parser,
 * the browser over what {@code JSON.parse} returned. Not thread-safe.
 */
public interface JsonObject {

  /** What stands under a name. */
  enum Kind {
    ABSENT,
    NULL,
    TEXT,
    /** A number without fraction between -2^53 and 2^53. */
    INTEGER,
    /** Any other number. */
    NUMBER,
    BOOLEAN,
    OBJECT,
    ARRAY
  }

  /** Names in the order of the text. */
  List<String> names();

  Kind kind(String name);

  /**
   * @throws IllegalStateException when {@code name} is not {@link Kind#TEXT}
   */
  String text(String name);

  /**
   * @throws IllegalStateException when {@code name} is not {@link Kind#INTEGER}
   */
  long integer(String name);

  /**
   * @throws IllegalStateException when {@code name} is not {@link Kind#BOOLEAN}
   */
  boolean bool(String name);

  /**
   * @throws IllegalStateException when {@code name} is not {@link Kind#OBJECT}
   */
  JsonObject object(String name);

  /**
   * The elements of an array of objects.
   *
   * @throws JsonException when an element is not an object
   * @throws IllegalStateException when {@code name} is not {@link Kind#ARRAY}
   */
  List<JsonObject> objects(String name);

  /** This object as JSON text, names in their order, without white space. */
  String json();
}
