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
    if (!text.isEmpty()) {
      for (String part : text.split(",", -1)) {
        parseMark(part, marks);
        if (marks.size() > MAX_SPACES) {
          throw refuse("names more than " + MAX_SPACES + " spaces");
        }
      }
    }
    return new Cursor(marks);
  }

  private static void parseMark(String part, Map<String, Mark> marks) {
    String[] pieces = part.split(":", -1);
    if (pieces.length < 2 || pieces.length > 3 || !Ids.isValid(pieces[0])) {
      throw refuse("must be SPACE:POSITION or SPACE:POSITION:HASH, joined by commas");
    }
    String hash = pieces.length == 3 && !pieces[2].isEmpty() ? pieces[2] : null;
    if (hash != null && !isHash(hash)) {
      throw refuse("has a hash that is not 16 hex digits");
    }
    if (marks.put(pieces[0], new Mark(position(pieces[1]), hash)) != null) {
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
