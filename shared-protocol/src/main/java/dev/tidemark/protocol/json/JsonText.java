package dev.tidemark.protocol.json;

/**
 * Writes JSON text without white space, strings escaped as RFC 8785 (JCS) prescribes. Written in
 * name order it is the canonical form. The caller is trusted to nest properly. Not thread-safe.
 */
public final class JsonText {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private final StringBuilder out;
  private boolean needsComma;

  public JsonText() {
    this(new StringBuilder(256));
  }

  public JsonText(StringBuilder out) {
    this.out = out;
  }

  public JsonText beginObject() {
    separate();
    out.append('{');
    needsComma = false;
    return this;
  }

  public JsonText endObject() {
    out.append('}');
    needsComma = true;
    return this;
  }

  public JsonText beginArray() {
    separate();
    out.append('[');
    needsComma = false;
    return this;
  }

  public JsonText endArray() {
    out.append(']');
    needsComma = true;
    return this;
  }

  public JsonText name(String name) {
    separate();
    quote(name);
    out.append(':');
    needsComma = false;
    return this;
  }

  public JsonText value(String value) {
    separate();
    quote(value);
    needsComma = true;
    return this;
  }

  public JsonText value(long value) {
    separate();
    out.append(value);
    needsComma = true;
    return this;
  }

  public JsonText value(boolean value) {
    separate();
    out.append(value);
    needsComma = true;
    return this;
  }

  public JsonText nullValue() {
    separate();
    out.append("null");
    needsComma = true;
    return this;
  }

  /** Appends text that is JSON already. */
  public JsonText raw(String json) {
    separate();
    out.append(json);
    needsComma = true;
    return this;
  }

  @Override
  public String toString() {
    return out.toString();
  }

  private void separate() {
    if (needsComma) {
      out.append(',');
    }
  }

  private void quote(String text) {
    out.append('"');
    int written = 0;
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x20 && c != '"' && c != '\\') {
        continue;
      }
      out.append(text, written, i);
      written = i + 1;
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> out.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 15]);
      }
    }
    out.append(text, written, length).append('"');
  }
}
