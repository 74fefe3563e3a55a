package dev.tidemark.server.library.split;

import dev.tidemark.server.library.SnippetKind;
import java.util.List;

/**
 * Plain text, reStructuredText and AsciiDoc by paragraphs, with those headings that a line tells:
 * underlined ones, and {@code ==} before a title.
 */
final class TextSplitter implements Splitter {
  private static final String UNDERLINES = "=-~^\"'`#*+:._";
  private static final int MIN_UNDERLINE = 3;

  private final SplitSize size;

  TextSplitter(SplitSize size) {
    this.size = size;
  }

  @Override
  public String id() {
    return "text/3/" + size.text();
  }

  @Override
  public List<Piece> split(String text) {
    Pieces pieces = new Pieces(size, SnippetKind.DOCUMENTATION, null);
    Headings headings = new Headings(pieces);
    Lines lines = Lines.of(text);
    StringBuilder levels = new StringBuilder(); // underlines get levels as they first come
    int paragraph = 0;
    for (int i = 0; i < lines.size() && !pieces.isFull(); i++) {
      int level = prefixLevel(lines.text(i));
      boolean underlined = level == 0 && isUnderlined(lines, i);
      if (underlined) {
        level = levelOf(lines.text(i + 1).charAt(0), levels);
      }
      if (level > 0) {
        end(lines, paragraph, i, headings);
        String title = lines.text(i).strip().replaceAll("^=+\\s+", "");
        headings.heading(level, title, lines.text(i), lines.number(i));
        i += underlined ? 1 : 0;
        paragraph = i + 1;
      } else if (lines.isBlank(i)) {
        end(lines, paragraph, i, headings);
        paragraph = i + 1;
      }
    }
    end(lines, paragraph, lines.size(), headings);
    headings.end();
    return pieces.all();
  }

  private static void end(Lines lines, int from, int to, Headings headings) {
    if (from < to) {
      String text = lines.join(from, to);
      boolean overline = text.length() >= MIN_UNDERLINE && isRun(text.stripTrailing());
      if (!text.isBlank() && !overline) {
        headings.block(Block.of(text, lines.number(from)));
      }
    }
  }

  /** {@code == Title} of AsciiDoc: the number of signs, or 0. Borders of tables have no words. */
  private static int prefixLevel(String line) {
    int signs = 0;
    while (signs < line.length() && line.charAt(signs) == '=') {
      signs++;
    }
    boolean heading =
        signs > 0
            && signs <= 6
            && line.startsWith(" ", signs)
            && line.chars().anyMatch(Character::isLetterOrDigit);
    return heading ? signs : 0;
  }

  private static boolean isUnderlined(Lines lines, int index) {
    if (index + 1 >= lines.size() || lines.isBlank(index)) {
      return false;
    }
    String title = lines.text(index).stripTrailing();
    String line = lines.text(index + 1).stripTrailing();
    boolean standsAlone = index == 0 || lines.isBlank(index - 1) || isRun(lines.text(index - 1));
    return standsAlone
        && isRun(line)
        && line.length() >= title.length()
        && !isRun(title)
        && line.length() <= title.length() + 40;
  }

  private static boolean isRun(String line) {
    String run = line.stripTrailing();
    if (run.length() < MIN_UNDERLINE || UNDERLINES.indexOf(run.charAt(0)) < 0) {
      return false;
    }
    return run.chars().allMatch(c -> c == run.charAt(0));
  }

  private static int levelOf(char underline, StringBuilder levels) {
    int known = levels.indexOf(String.valueOf(underline));
    if (known >= 0) {
      return known + 1;
    }
    levels.append(underline);
    return levels.length();
  }
}
