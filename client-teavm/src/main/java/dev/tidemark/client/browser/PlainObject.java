package dev.tidemark.client.browser;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * A plain JavaScript object: what structured clone, {@code JSON.parse} and pages give and take.
 * Absent, {@code undefined} and {@code null} members all read as null, 0 or false.
 */
public abstract class PlainObject implements JSObject {
  /** A new empty object. */
  @JSBody(script = "return {};")
  public static native PlainObject create();

  /** The same value with this type; not checked. */
  @JSBody(params = "value", script = "return value;")
  public static native PlainObject of(@Nullable JSObject value);

  /** Sets a text member and returns this object. */
  @JSBody(
      params = {"name", "value"},
      script = "this[name] = value; return this;")
  public native PlainObject put(String name, @Nullable String value);

  /** Sets a number; a 64-bit integer beyond 2^53 does not fit. */
  @JSBody(
      params = {"name", "value"},
      script = "this[name] = value; return this;")
  public native PlainObject put(String name, double value);

  /** Sets a boolean. */
  @JSBody(
      params = {"name", "value"},
      script = "this[name] = value; return this;")
  public native PlainObject put(String name, boolean value);

  /** Sets any JavaScript value: an object, an array, a port. */
  @JSBody(
      params = {"name", "value"},
      script = "this[name] = value; return this;")
  public native PlainObject put(String name, @Nullable JSObject value);

  /** Whether the member is there and neither undefined nor null. */
  @JSBody(params = "name", script = "return this[name] !== undefined && this[name] !== null;")
  public native boolean has(String name);

  /** A text member, or null where it is absent or no text. */
  @JSBody(
      params = "name",
      script = "var member = this[name]; return typeof member === 'string' ? member : null;")
  public native @Nullable String text(String name);

  /** A number member, or 0 where it is absent or no number. */
  @JSBody(
      params = "name",
      script = "var member = this[name]; return typeof member === 'number' ? member : 0;")
  public native double number(String name);

  /** Whatever stands under a name, null where nothing does. */
  @JSBody(
      params = "name",
      script = "var member = this[name]; return member === undefined ? null : member;")
  public native @Nullable JSObject value(String name);

  /** Whether the member is {@code true}. */
  @JSBody(params = "name", script = "return this[name] === true;")
  public native boolean flag(String name);

  /** An object member (an array and a port are objects too), or null. */
  @JSBody(
      params = "name",
      script =
          "var member = this[name]; return typeof member === 'object' && member !== null ? member :"
              + " null;")
  public native @Nullable PlainObject object(String name);

  /** An array member, or null. */
  @JSBody(
      params = "name",
      script = "var member = this[name]; return Array.isArray(member) ? member : null;")
  public native @Nullable PlainArray array(String name);

  /** A function member, or null. */
  @JSBody(
      params = "name",
      script = "var member = this[name]; return typeof member === 'function' ? member : null;")
  public native @Nullable JSObject function(String name);

  /** The member's type as {@code typeof} names it, but {@code "null"} and {@code "array"}. */
  @JSBody(
      params = "name",
      script =
          """
          var member = this[name];
          return member === null ? 'null' : Array.isArray(member) ? 'array' : typeof member;
          """)
  public native String kind(String name);

  /** The names of the object's own members, in order. */
  @JSBody(script = "return Object.keys(this);")
  public native String[] names();
}
