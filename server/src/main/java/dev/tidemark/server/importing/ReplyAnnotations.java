package dev.tidemark.server.importing;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which line answers which, from the annotations beside a log: {@code FROM TO -}, numbers of lines
 * counted from 0. TO answers FROM; both the same start a conversation. Of several antecedents the
 * one listed first counts.
 */
final class ReplyAnnotations {
  static final int NONE = -1;

  private static final Pattern SHAPE = Pattern.compile("([0-9]{1,9})\\s+([0-9]{1,9})\\s+-");

  private final int[] antecedents;

  private ReplyAnnotations(int[] antecedents) {
    this.antecedents = antecedents;
  }

  static ReplyAnnotations none(int lines) {
    int[] antecedents = new int[lines];
    Arrays.fill(antecedents, NONE);
    return new ReplyAnnotations(antecedents);
  }

  /**
   * @param file its name, for the sentence
   * @param lines how many lines the log has
   * @throws ImportRefused for a line that is no annotation of such a log
   */
  static ReplyAnnotations parse(String file, List<String> annotations, int lines) {
    ReplyAnnotations parsed = none(lines);
    for (int i = 0; i < annotations.size(); i++) {
      String text = annotations.get(i).strip();
      if (!text.isEmpty()) {
        parsed.add(file + ", line " + (i + 1) + ": ", text);
      }
    }
    return parsed;
  }

  private void add(String where, String text) {
    Matcher shape = SHAPE.matcher(text);
    if (!shape.matches()) {
      throw new ImportRefused(
          where
              + "expected \"FROM TO -\" with two line numbers, found "
              + ImportRefused.quote(text)
              + "; nothing was imported.");
    }
    int from = Integer.parseInt(shape.group(1));
    int to = Integer.parseInt(shape.group(2));
    if (Math.max(from, to) >= antecedents.length) {
      throw new ImportRefused(
          where
              + "there is no line "
              + Math.max(from, to)
              + ", the log has "
              + antecedents.length
              + " lines counted from 0; nothing was imported.");
    }
    if (from > to) {
      throw new ImportRefused(
          where
              + "line "
              + to
              + " cannot answer line "
              + from
              + ", which comes after it; nothing was imported.");
    }
    if (from != to && antecedents[to] == NONE) {
      antecedents[to] = from;
    }
  }

  /** The line that a line answers, which is an earlier one, or {@link #NONE}. */
  int antecedent(int line) {
    return antecedents[line];
  }
}
