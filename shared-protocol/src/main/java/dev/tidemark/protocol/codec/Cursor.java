package dev.tidemark.protocol.codec;

import dev.tidemark.protocol.event.Ids;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a replica has applied each of its spaces, as text {@code SPACE:POSITION:HASH,...}. The
 * hash, the first 16 hex digits of the chain hash at that position, may be absent in what clients
 * send.
 */
public record Cursor(Map<String, Mark> marks) {
  public static final int HASH_DIGITS = 16;
  public static final int MAX_SPACES = 1000;

  /** A position in one space, and the chain hash there where it is known. */
  public record Mark(long position, @Nullable String hash) {}

  public Cursor {
    marks = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(marks));
  }

  /**
   * @throws EventRefusedException when the text is no cursor
   */
  public static Cursor parse(String text) {
    Map<String, Mark> marks = new LinkedHashMap<>();
    if (text.isEmpty()) {
      return new Cursor(marks);
    }
    int start = 0;
    while (start <= text.length()) {
      if (marks.size() == MAX_SPACES) {
        throw refuse("names more than " + MAX_SPACES + " spaces");
      }
      int comma = text.indexOf(',', start);
      int end = comma < 0 ? text.length() : comma;
      parseMark(text.substring(start, end), marks);
      start = end + 1;
    }
    return new Cursor(marks);
  }

  // By indexOf: String.split would bring regular expressions into the browser's scripts.
  private static void parseMark(String part, Map<String, Mark> marks) {
    int first = part.indexOf(':');
    int second = part.indexOf(':', first + 1);
    if (first < 0 || !Ids.isValid(part.substring(0, first))) {
      throw refuse("must be SPACE:POSITION or SPACE:POSITION:HASH, joined by commas");
    }
    String hash = second < 0 || second + 1 == part.length() ? null : part.substring(second + 1);
    if (hash != null && !isHash(hash)) {
      throw refuse("has a hash that is not 16 hex digits");
    }
    long position = position(part.substring(first + 1, second < 0 ? part.length() : second));
    if (marks.put(part.substring(0, first), new Mark(position, hash)) != null) {
      throw refuse("names a space twice");
    }
  }

  private static long position(String text) {
    boolean digits = !text.isEmpty() && text.length() <= 16;
    for (int i = 0; digits && i < text.length(); i++) {
      digits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    if (!digits || Long.parseLong(text) > Protocol.MAX_INTEGER) {
      throw refuse("has a position that is not a whole number from 0 to 2^53 - 1");
    }
    return Long.parseLong(text);
  }

  private static boolean isHash(String text) {
    if (text.length() != HASH_DIGITS) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    marks.forEach((space, mark) -> {
      out.append(out.isEmpty() ? "" : ",").append(space).append(':').append(mark.position());
      if (mark.hash() != null) {
        out.append(':').append(mark.hash());
      }
    });
    return out.toString();
  }

  private static EventRefusedException refuse(String what) {
    return new EventRefusedException(ProblemCode.INVALID_CURSOR, "The cursor " + what + ".");
  }
}
