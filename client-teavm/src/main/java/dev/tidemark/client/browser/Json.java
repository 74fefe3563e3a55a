package dev.tidemark.client.browser;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/** {@code JSON.parse} and {@code JSON.stringify}. */
public final class Json {
  private Json() {}

  /** Parses text whose root is an object or array, or returns null when it is not well-formed. */
  @JSBody(
      params = "text",
      script =
          """
          try { var parsed = JSON.parse(text); return typeof parsed === 'object' ? parsed : null; }
          catch (error) { return null; }
          """)
  public static native @Nullable PlainObject parse(String text);

  /** The JSON text of a plain value. */
  @JSBody(params = "value", script = "return JSON.stringify(value);")
  public static native String text(JSObject value);
}
