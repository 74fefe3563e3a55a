package dev.tidemark.server.importing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a UTF-8 file, ended by line feeds alone (a carriage return before one is dropped):
 * the line numbers of annotations count so. Bytes that are no UTF-8 become U+FFFD.
 *
 * @param replaced in how many lines that happened
 */
record TextLines(List<String> lines, int replaced) {
  private static final char BYTE_ORDER_MARK = '\ufeff';

  TextLines {
    lines = List.copyOf(lines);
  }

  /**
   * @throws ImportRefused when it is too large or cannot be read
   */
  static TextLines read(Path file) {
    return split(bytes(file));
  }

  /**
   * How many lines {@link #read} gives.
   *
   * @throws ImportRefused as {@link #read}
   */
  static int count(Path file) {
    byte[] bytes = bytes(file);
    int lines = 0;
    for (byte value : bytes) {
      if (value == '\n') {
        lines++;
      }
    }
    boolean open = bytes.length > 0 && bytes[bytes.length - 1] != '\n';
    return open ? lines + 1 : lines;
  }

  private static byte[] bytes(Path file) {
    try {
      long bytes = Files.size(file);
      if (bytes > IrcLogFile.MAX_BYTES) {
        throw new ImportRefused(
            file + " has " + bytes + " bytes, the limit is " + IrcLogFile.MAX_BYTES + ".");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new ImportRefused(file + " cannot be read: " + e + ".", e);
    }
  }

  private static TextLines split(byte[] bytes) {
    List<String> lines = new ArrayList<>();
    int replaced = 0;
    int start = 0;
    while (start < bytes.length) {
      int end = start;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      int length = end - start;
      if (length > 0 && bytes[end - 1] == '\r') {
        length--;
      }
      String line = new String(bytes, start, length, StandardCharsets.UTF_8);
      if (line.indexOf('\ufffd') >= 0 && !isUtf8(bytes, start, length)) {
        replaced++;
      }
      boolean marked = lines.isEmpty() && !line.isEmpty() && line.charAt(0) == BYTE_ORDER_MARK;
      lines.add(marked ? line.substring(1) : line);
      start = end + 1;
    }
    return new TextLines(lines, replaced);
  }

  private static boolean isUtf8(byte[] bytes, int start, int length) {
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes, start, length));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
