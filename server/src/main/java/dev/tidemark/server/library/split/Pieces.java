package dev.tidemark.server.library.split;

import dev.tidemark.server.library.SnippetKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects pieces within the limits, and packs blocks into pieces of the wanted size. */
final class Pieces {
  private final SplitSize size;
  private final SnippetKind kind;
  private final @Nullable String language;
  private final List<Piece> pieces = new ArrayList<>();

  /** What the file begins with that is no piece of its own: it waits for the first one. */
  private String lead = "";

  private String leadTitle = "";
  private int leadLine;

  Pieces(SplitSize size, SnippetKind kind, @Nullable String language) {
    this.size = size;
    this.kind = kind;
    this.language = language;
  }

  /** All pieces; ends the file. */
  List<Piece> all() {
    if (pieces.isEmpty() && Telling.isTelling(lead)) {
      append(leadTitle, lead, leadLine);
    }
    lead = "";
    return List.copyOf(pieces);
  }

  boolean isFull() {
    return pieces.size() >= SplitSize.MAX_PIECES;
  }

  /**
   * Adds one piece. What tells nothing by itself goes to the end of the piece before, or to the
   * begin of the first one; what is blank, has no room there or is beyond the limit is left out.
   */
  void add(String title, String body, int startLine) {
    String stripped = body.stripTrailing();
    if (stripped.isBlank() || isFull()) {
      return;
    }
    boolean begins = pieces.isEmpty();
    if (Telling.aloneIn(kind, stripped)) {
      boolean led = begins && fits(lead, stripped);
      append(title, led ? joined(lead, stripped) : stripped, led ? leadLine : startLine);
    } else if (begins && (lead.isEmpty() || fits(lead, stripped))) {
      leadTitle = lead.isEmpty() ? title : leadTitle;
      leadLine = lead.isEmpty() ? startLine : leadLine;
      lead = joined(lead, stripped);
    } else if (!begins && fits(pieces.getLast().body(), stripped)) {
      Piece last = pieces.removeLast();
      append(last.title(), joined(last.body(), stripped), last.startLine());
    }
  }

  private static boolean fits(String first, String then) {
    return !first.isEmpty() && first.length() + then.length() < SplitSize.MAX_BODY_CHARACTERS;
  }

  private static String joined(String first, String then) {
    return first.isEmpty() ? then : first + "\n" + then;
  }

  private void append(String title, String body, int startLine) {
    pieces.add(
        new Piece(
            kind,
            language,
            cut(title, SplitSize.MAX_TITLE_CHARACTERS),
            cut(body, SplitSize.MAX_BODY_CHARACTERS),
            startLine,
            Tokens.estimate(body)));
  }

  /** Packs consecutive blocks under one title: put together up to the target, cut at the max. */
  void pack(String title, List<Block> blocks) {
    StringBuilder body = new StringBuilder();
    int tokens = 0;
    int start = 0;
    for (Block block : cutLarge(blocks)) {
      boolean full =
          tokens > 0
              && (block.continues()
                  || tokens + block.tokens() > size.max()
                  || (tokens >= size.target() && block.tokens() > size.overlap())
                  || body.length() + block.text().length() > SplitSize.MAX_BODY_CHARACTERS);
      if (full) {
        add(title, body.toString(), start);
        body.setLength(0);
        tokens = 0;
      }
      if (tokens == 0) {
        start = block.startLine();
      } else {
        body.append("\n\n");
      }
      body.append(block.text());
      tokens += block.tokens();
    }
    add(title, body.toString(), start);
  }

  private List<Block> cutLarge(List<Block> blocks) {
    List<Block> all = new ArrayList<>();
    for (Block block : blocks) {
      if (block.tokens() <= size.max() && block.text().length() <= SplitSize.MAX_BODY_CHARACTERS) {
        all.add(block);
      } else {
        cutByLines(block, all);
      }
    }
    return all;
  }

  /** Windows of lines with the overlap of the size; parts of a fence are fenced again. */
  private void cutByLines(Block block, List<Block> all) {
    Lines lines = Lines.of(block.text(), block.startLine());
    boolean fenced = !block.fence().isEmpty();
    String fenceEnd = fenced ? block.fence().replaceFirst("[^`].*$", "") : "";
    int from = fenced ? 1 : 0;
    int end = fenced && isClosed(lines, fenceEnd) ? lines.size() - 1 : lines.size();
    boolean cut = false;
    while (from < end && all.size() < SplitSize.MAX_PIECES) {
      int to = windowEnd(lines, from, end);
      String text = lines.join(from, to);
      String whole = fenced ? block.fence() + "\n" + text + "\n" + fenceEnd : text;
      if (!text.isBlank()) {
        all.add(Block.cut(whole, lines.number(from), cut));
        cut = true;
      }
      from = to < end ? overlapped(lines, from, to) : end;
    }
  }

  /** A fence that nobody closed goes on to the end of the file. */
  private static boolean isClosed(Lines lines, String fenceEnd) {
    String last = lines.text(lines.size() - 1).strip();
    return last.startsWith(fenceEnd) && last.chars().allMatch(c -> c == '`');
  }

  /** As many lines as the target takes, or all that are left when they are hardly more. */
  private int windowEnd(Lines lines, int from, int end) {
    int last = windowEnd(lines, from, end, Math.min(size.max(), size.target() * 5 / 4));
    return last == end ? end : windowEnd(lines, from, end, size.target());
  }

  private static int windowEnd(Lines lines, int from, int end, int most) {
    int tokens = 0;
    int characters = 0;
    int to = from;
    while (to < end) {
      tokens += Tokens.estimate(lines.text(to));
      characters += lines.text(to).length() + 1;
      boolean beyond = tokens > most || characters > SplitSize.MAX_BODY_CHARACTERS - 200;
      if (beyond && to > from) {
        break;
      }
      to++;
    }
    return to;
  }

  /** The line at which the next window begins: a little before the end of the last one. */
  private int overlapped(Lines lines, int from, int to) {
    int next = to;
    int tokens = 0;
    while (next - 1 > from) {
      tokens += Tokens.estimate(lines.text(next - 1));
      if (tokens > size.overlap()) {
        break;
      }
      next--;
    }
    return next;
  }

  private static String cut(String text, int characters) {
    if (text.length() <= characters) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(characters - 1)) ? characters - 1 : characters;
    return text.substring(0, end);
  }
}
