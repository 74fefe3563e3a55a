package dev.tidemark.server.library.split;

/**
 * How large pieces are, in estimated tokens. The model reads 256 word pieces at a time; sections of
 * this size are also what a reader wants to be given.
 *
 * @param target smaller neighbours are put together up to this
 * @param max larger ones are cut
 * @param overlap repeated from the end of a cut piece at the begin of the next
 */
public record SplitSize(int target, int max, int overlap) {
  public static final int MAX_PIECES = 2_000;

  /** No body is longer, whatever its tokens. */
  static final int MAX_BODY_CHARACTERS = 8_000;

  static final int MAX_TITLE_CHARACTERS = 300;

  /** Longer lines are cut. */
  static final int MAX_LINE_CHARACTERS = 2_000;

  /** Near to what the model reads at a time, code and prose together. */
  public static final SplitSize DEFAULT = new SplitSize(220, 360, 30);

  public SplitSize {
    if (overlap < 0 || overlap >= target || target > max) {
      throw new IllegalArgumentException(
          "overlap < target <= max expected, given " + overlap + ", " + target + ", " + max);
    }
  }

  /** Part of the ids of splitters. */
  String text() {
    return target + "-" + max + "-" + overlap;
  }
}
