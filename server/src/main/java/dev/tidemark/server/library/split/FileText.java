package dev.tidemark.server.library.split;

import java.nio.ByteBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Turns a file's bytes into a text that splitters can take, or says why it is none. */
public final class FileText {
  private static final int SNIFFED_BYTES = 8_000;
  private static final int MINIFIED_LINE_CHARACTERS = 500;
  private static final String LFS_POINTER = "version https://git-lfs.github.com/spec/";

  private FileText() {}

  /** What the bytes turned out to be. */
  public sealed interface Answer {
    record Text(String text) implements Answer {}

    record Skipped(SkipReason reason) implements Answer {}
  }

  /** Invalid UTF-8 is replaced, control characters are dropped, line ends become {@code \n}. */
  public static Answer of(byte[] bytes) {
    for (int i = 0; i < Math.min(bytes.length, SNIFFED_BYTES); i++) {
      if (bytes[i] == 0) {
        return new Answer.Skipped(SkipReason.BINARY);
      }
    }
    String decoded = decode(bytes);
    if (decoded.startsWith(LFS_POINTER)) {
      return new Answer.Skipped(SkipReason.LFS);
    }
    String text = clean(decoded);
    long broken = text.chars().filter(c -> c == '\ufffd').count();
    if (broken > 10 + text.length() / 20) {
      return new Answer.Skipped(SkipReason.BINARY);
    }
    return isMinified(text) ? new Answer.Skipped(SkipReason.GENERATED) : new Answer.Text(text);
  }

  private static String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (java.nio.charset.CharacterCodingException e) {
      throw new IllegalStateException("a decoder that replaces does not fail", e);
    }
  }

  private static String clean(String decoded) {
    StringBuilder text = new StringBuilder(decoded.length());
    for (int i = decoded.startsWith("\ufeff") ? 1 : 0; i < decoded.length(); i++) {
      char c = decoded.charAt(i);
      if (c == '\r') {
        boolean alone = i + 1 >= decoded.length() || decoded.charAt(i + 1) != '\n';
        if (alone) {
          text.append('\n');
        }
      } else if (c == '\f' || c == '\u000b') {
        text.append(' ');
      } else if ((c >= ' ' && c != 0x7f) || c == '\n' || c == '\t') {
        text.append(c);
      }
    }
    return text.toString();
  }

  /** Very long lines on the average: written by a program, of no use to people. */
  private static boolean isMinified(String text) {
    long lines = text.chars().filter(c -> c == '\n').count() + 1;
    return text.length() / lines > MINIFIED_LINE_CHARACTERS && text.length() > 4_000;
  }
}
