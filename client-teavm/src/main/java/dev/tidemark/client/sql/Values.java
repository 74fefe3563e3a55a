package dev.tidemark.client.sql;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/** Questions about JavaScript values. */
final class Values {
  private Values() {}

  @JSBody(params = "value", script = "return typeof value === 'number';")
  static native boolean isNumber(JSObject value);

  /** Why a database could not be opened, or null for an open one. */
  @JSBody(params = "value", script = "return value.refusal === undefined ? null : value.refusal;")
  static native @Nullable String refusal(JSObject value);

  @JSBody(params = "value", script = "return value.code;")
  static native int refusalCode(JSObject value);
}
