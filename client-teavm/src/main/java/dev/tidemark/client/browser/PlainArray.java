package dev.tidemark.client.browser;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/** A plain JavaScript array. Reading past its end gives null or 0. */
public abstract class PlainArray implements JSObject {
  /** A new empty array. */
  @JSBody(script = "return [];")
  public static native PlainArray create();

  /** The same value with this type; not checked. */
  @JSBody(params = "value", script = "return value;")
  public static native PlainArray of(@Nullable JSObject value);

  /** Number of elements. */
  @JSBody(script = "return this.length;")
  public native int length();

  /** Appends a text and returns this array. */
  @JSBody(params = "value", script = "this.push(value); return this;")
  public native PlainArray push(@Nullable String value);

  /** Appends a number. */
  @JSBody(params = "value", script = "this.push(value); return this;")
  public native PlainArray push(double value);

  /** Appends any JavaScript value. */
  @JSBody(params = "value", script = "this.push(value); return this;")
  public native PlainArray push(@Nullable JSObject value);

  /** The text at an index, or null where there is none. */
  @JSBody(
      params = "index",
      script = "var element = this[index]; return typeof element === 'string' ? element : null;")
  public native @Nullable String textAt(int index);

  /** The number at an index, or 0 where there is none. */
  @JSBody(
      params = "index",
      script = "var element = this[index]; return typeof element === 'number' ? element : 0;")
  public native double numberAt(int index);

  /** The object at an index, or null where there is none. */
  @JSBody(
      params = "index",
      script =
          "var element = this[index]; return typeof element === 'object' && element !== null ?"
              + " element : null;")
  public native @Nullable PlainObject objectAt(int index);

  /** The element's type as {@code typeof} names it, but {@code "null"} and {@code "array"}. */
  @JSBody(
      params = "index",
      script =
          """
          var element = this[index];
          return element === null ? 'null' : Array.isArray(element) ? 'array' : typeof element;
          """)
  public native String kindAt(int index);
}
