package dev.tidemark.client.browser;

import dev.tidemark.protocol.json.JsonException;
import dev.tidemark.protocol.json.JsonObject;
import java.util.AbstractList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * What {@code JSON.parse} returned, read in place: nothing is converted until it is asked for.
 * Laxer than the JVM's parser (duplicate names, lone surrogates), so only for what the server sent.
 */
public final class BrowserJsonObject implements JsonObject {
  private static final Kind[] KINDS = Kind.values();

  private final PlainObject fields;

  /** Reads an object that was parsed already; it must not change afterwards. */
  public BrowserJsonObject(PlainObject fields) {
    this.fields = fields;
  }

  /**
   * Parses the text of one object.
   *
   * @throws JsonException when it is not well-formed or not an object
   */
  public static JsonObject parse(String text) {
    PlainObject parsed = Json.parse(text);
    if (parsed == null || isArray(parsed)) {
      throw new JsonException("Expected a JSON object.");
    }
    return new BrowserJsonObject(parsed);
  }

  @Override
  public List<String> names() {
    PlainArray keys = keys(fields);
    int size = keys.length();
    return new AbstractList<>() {
      @Override
      public String get(int index) {
        String name = keys.textAt(index);
        if (name == null) {
          throw new IndexOutOfBoundsException(index);
        }
        return name;
      }

      @Override
      public int size() {
        return size;
      }
    };
  }

  @Override
  public Kind kind(String name) {
    return KINDS[kindNumber(fields, name)];
  }

  @Override
  public String text(String name) {
    String text = fields.text(name);
    if (text == null) {
      throw otherKind(name, "text");
    }
    return text;
  }

  @Override
  public long integer(String name) {
    if (kind(name) != Kind.INTEGER) {
      throw otherKind(name, "whole number");
    }
    return (long) fields.number(name);
  }

  @Override
  public boolean bool(String name) {
    if (kind(name) != Kind.BOOLEAN) {
      throw otherKind(name, "boolean");
    }
    return fields.flag(name);
  }

  @Override
  public JsonObject object(String name) {
    PlainObject object = kind(name) == Kind.OBJECT ? fields.object(name) : null;
    if (object == null) {
      throw otherKind(name, "object");
    }
    return new BrowserJsonObject(object);
  }

  @Override
  public List<JsonObject> objects(String name) {
    PlainArray elements = kind(name) == Kind.ARRAY ? fields.array(name) : null;
    if (elements == null) {
      throw otherKind(name, "array");
    }
    if (!holdsObjectsOnly(elements)) {
      throw new JsonException("Every element of " + name + " must be an object.");
    }
    int size = elements.length();
    return new AbstractList<>() {
      @Override
      public JsonObject get(int index) {
        @Nullable PlainObject element = elements.objectAt(index);
        if (element == null) {
          throw new IndexOutOfBoundsException(index);
        }
        return new BrowserJsonObject(element);
      }

      @Override
      public int size() {
        return size;
      }
    };
  }

  @Override
  public String json() {
    return Json.text(fields);
  }

  private IllegalStateException otherKind(String name, String expected) {
    return new IllegalStateException(name + " is no " + expected + " but " + kind(name));
  }

  @JSBody(params = "value", script = "return Array.isArray(value);")
  private static native boolean isArray(JSObject value);

  @JSBody(params = "object", script = "return Object.keys(object);")
  private static native PlainArray keys(JSObject object);

  @JSBody(
      params = "array",
      script =
          "return array.every(function(member) { return typeof member === 'object' && member !=="
              + " null && !Array.isArray(member); });")
  private static native boolean holdsObjectsOnly(JSObject array);

  /** The ordinal of the member's {@link Kind}. Inherited members count as absent. */
  @JSBody(
      params = {"object", "name"},
      script =
          "var member = object[name];"
              + "switch (typeof member) {"
              + "  case 'string': return 2;"
              + "  case 'number': return Number.isSafeInteger(member) ? 3 : 4;"
              + "  case 'boolean': return 5;"
              + "  case 'object': return member === null ? 1 : !Object.hasOwn(object, name) ? 0"
              + "    : Array.isArray(member) ? 7 : 6;"
              + "  default: return 0;"
              + "}")
  private static native int kindNumber(JSObject object, String name);
}
