package dev.tidemark.server.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a text, around what was found in it. Plain text, never markup.
 *
 * @param highlights where the words of the query stand, in order, not overlapping
 */
public record Excerpt(String text, List<Range> highlights) {
  /** Longer texts are cut, with an ellipsis at each cut. */
  static final int CHARACTERS = 280;

  /** What FTS5 puts around a match: noncharacters, which no text has a use for. */
  static final char OPEN = '\ufdd0';

  static final char CLOSE = '\ufdd1';

  private static final char ELLIPSIS = '…';

  /** Characters shown before the first match. */
  private static final int LEAD = 60;

  /** How far a cut is moved to fall between two words. */
  private static final int SLACK = 24;

  /** Highlights that are looked at; a text full of matches needs no more. */
  private static final int MAX_RANGES = 500;

  /** From {@code start} to before {@code end}, in UTF-16 units of the excerpt. */
  public record Range(int start, int end) {}

  public Excerpt {
    highlights = List.copyOf(highlights);
  }

  /**
   * Cuts an excerpt from a text whose matches stand between {@link #OPEN} and {@link #CLOSE}.
   *
   * @param beginning words that begin with it are matches too; null for none
   */
  static Excerpt cut(String marked, @Nullable String beginning) {
    StringBuilder plain = new StringBuilder(marked.length());
    List<Range> ranges = new ArrayList<>();
    int opened = -1;
    for (int i = 0; i < marked.length(); i++) {
      char c = marked.charAt(i);
      if (c == OPEN) {
        opened = plain.length();
      } else if (c == CLOSE) {
        if (opened >= 0 && plain.length() > opened && ranges.size() < MAX_RANGES) {
          ranges.add(new Range(opened, plain.length()));
        }
        opened = -1;
      } else {
        plain.append(c);
      }
    }
    String text = plain.toString();
    if (beginning == null) {
      return window(text, ranges);
    }
    ranges.addAll(Words.beginningWith(beginning, text, MAX_RANGES));
    return window(text, apart(ranges));
  }

  /** In order, without those that reach into an earlier one. */
  private static List<Range> apart(List<Range> ranges) {
    List<Range> kept = new ArrayList<>();
    int end = 0;
    ranges.sort(Comparator.comparingInt(Range::start));
    for (Range range : ranges) {
      if (range.start() >= end) {
        kept.add(range);
        end = range.end();
      }
    }
    return kept;
  }

  private static Excerpt window(String text, List<Range> ranges) {
    int from = 0;
    int to = text.length();
    if (text.length() > CHARACTERS) {
      from = betweenWords(text, densest(text, ranges));
      to = from + CHARACTERS >= text.length() ? text.length() : before(text, from + CHARACTERS);
    }
    while (from < to && Character.isWhitespace(text.charAt(from))) {
      from++;
    }
    while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
      to--;
    }
    StringBuilder out = new StringBuilder(to - from + 2);
    if (!text.substring(0, from).isBlank()) {
      out.append(ELLIPSIS);
    }
    int shift = out.length() - from;
    out.append(text, from, to);
    if (!text.substring(to).isBlank()) {
      out.append(ELLIPSIS);
    }
    List<Range> shown = new ArrayList<>();
    for (Range range : ranges) {
      if (range.start() >= from && range.end() <= to) {
        shown.add(new Range(range.start() + shift, range.end() + shift));
      }
    }
    return new Excerpt(out.toString(), shown);
  }

  /** Where the window begins that holds most matches; the first of several. */
  private static int densest(String text, List<Range> ranges) {
    int best = 0;
    int most = 0;
    int end = 0;
    for (int i = 0; i < ranges.size(); i++) {
      int start = Math.max(0, ranges.get(i).start() - LEAD);
      while (end < ranges.size() && ranges.get(end).end() <= start + CHARACTERS) {
        end++;
      }
      if (end - i > most) {
        most = end - i;
        best = start;
      }
    }
    return Math.max(0, Math.min(best, text.length() - CHARACTERS));
  }

  /** The end of a word a little further on, or the place itself where none is near. */
  private static int betweenWords(String text, int place) {
    if (place == 0) {
      return 0;
    }
    for (int i = place; i < place + SLACK && i < text.length(); i++) {
      if (Character.isWhitespace(text.charAt(i))) {
        return i;
      }
    }
    return Character.isLowSurrogate(text.charAt(place)) ? place + 1 : place;
  }

  /** Like {@link #betweenWords}, but not further on. */
  private static int before(String text, int place) {
    for (int i = place; i > place - SLACK; i--) {
      if (Character.isWhitespace(text.charAt(i))) {
        return i;
      }
    }
    return Character.isLowSurrogate(text.charAt(place)) ? place - 1 : place;
  }
}
