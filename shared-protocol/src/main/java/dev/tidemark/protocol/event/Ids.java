package dev.tidemark.protocol.event;

/** Ids are 1 to 64 characters of {@code [A-Za-z0-9_-]}; nothing depends on their order. */
public final class Ids {
  public static final int MAX_LENGTH = 64;

  private Ids() {}

  public static boolean isValid(String id) {
    int length = id.length();
    if (length == 0 || length > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = id.charAt(i);
      boolean allowed =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '_'
              || c == '-';
      if (!allowed) {
        return false;
      }
    }
    return true;
  }
}
