package dev.tidemark.server.library.split;

import java.util.ArrayList;
import java.util.List;

/**
 * Sections of a document. Headings and blocks come in their order; each section is packed under its
 * breadcrumb of headings. Very small sections stay with the one before them when both stand under
 * the same heading, their own heading kept as a line.
 */
final class Headings {
  private static final String SEPARATOR = " › ";
  private static final int SMALL_TOKENS = 25;

  private record Heading(int level, String text) {}

  private final Pieces pieces;
  private final List<Heading> path = new ArrayList<>();
  private final List<Block> blocks = new ArrayList<>();
  private String sectionTitle = "";
  private String sectionParent = "";
  private int tokens;

  Headings(Pieces pieces) {
    this.pieces = pieces;
  }

  /** The document's own title, from its front matter: the root of every breadcrumb. */
  void title(String text) {
    path.clear();
    path.add(new Heading(0, text));
    sectionTitle = text;
  }

  /**
   * Begins a section.
   *
   * @param level 1 is the outermost
   * @param source the heading as it is written, for when its section joins the one before
   */
  void heading(int level, String text, String source, int line) {
    boolean repeatsTitle =
        level == 1 && path.size() == 1 && path.getFirst().text().equalsIgnoreCase(text);
    while (!path.isEmpty() && path.getLast().level() >= level) {
      path.removeLast();
    }
    String parent = breadcrumb();
    boolean small = tokens > 0 && tokens <= SMALL_TOKENS;
    if (small && parent.equals(sectionParent)) {
      block(Block.of(source, line));
    } else {
      flush();
      sectionParent = repeatsTitle ? "" : parent;
    }
    if (!repeatsTitle) {
      path.add(new Heading(level, text));
    }
    if (blocks.isEmpty()) {
      sectionTitle = breadcrumb();
    }
  }

  void block(Block block) {
    blocks.add(block);
    tokens += block.tokens();
  }

  /** Ends the document. */
  void end() {
    flush();
  }

  private void flush() {
    if (!blocks.isEmpty()) {
      pieces.pack(sectionTitle, blocks);
    }
    blocks.clear();
    tokens = 0;
    sectionTitle = breadcrumb();
  }

  private String breadcrumb() {
    StringBuilder text = new StringBuilder();
    for (Heading heading : path) {
      text.append(text.isEmpty() ? "" : SEPARATOR).append(heading.text());
    }
    return text.toString();
  }
}
