package dev.tidemark.server.library.split;

import java.util.ArrayList;
import java.util.List;

/** The lines of a text, those too long cut into several; each knows its number in the file. */
final class Lines {
  private final List<String> texts = new ArrayList<>();
  private final List<Integer> numbers = new ArrayList<>();

  private Lines() {}

  static Lines of(String text) {
    return of(text, 1);
  }

  /** Lines of a part of a file whose first line has the given number. */
  static Lines of(String text, int firstNumber) {
    Lines lines = new Lines();
    int number = firstNumber;
    int start = 0;
    while (start <= text.length()) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      lines.add(text.substring(start, end), number++);
      start = end + 1;
    }
    return lines;
  }

  private void add(String line, int number) {
    int from = 0;
    do {
      int to = Math.min(line.length(), from + SplitSize.MAX_LINE_CHARACTERS);
      if (to < line.length() && Character.isHighSurrogate(line.charAt(to - 1))) {
        to--;
      }
      texts.add(line.substring(from, to));
      numbers.add(number);
      from = to;
    } while (from < line.length());
  }

  int size() {
    return texts.size();
  }

  String text(int index) {
    return texts.get(index);
  }

  /** Number in the file, counted from 1. */
  int number(int index) {
    return numbers.get(index);
  }

  boolean isBlank(int index) {
    return texts.get(index).isBlank();
  }

  /** Lines from..to (exclusive) with line ends between them. */
  String join(int from, int to) {
    return String.join("\n", texts.subList(from, to));
  }
}
