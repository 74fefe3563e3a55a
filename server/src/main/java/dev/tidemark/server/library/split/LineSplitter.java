package dev.tidemark.server.library.split;

import dev.tidemark.server.library.SnippetKind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Code without a grammar: cut where a blank line is followed by a line that is indented least. The
 * title is the first line that looks like a declaration.
 */
final class LineSplitter implements Splitter {
  private static final Pattern DECLARATION =
      Pattern.compile(
          "^\\s{0,8}(?:[a-z@]+\\s+){0,5}"
              + "(?:class|interface|object|enum|struct|trait|impl|module|namespace|fun|func|fn|def"
              + "|function|type|record|protocol|extension)\\s+([^={(;:]{1,120}[({:]?)");

  private final String language;
  private final SplitSize size;

  LineSplitter(String language, SplitSize size) {
    this.language = language;
    this.size = size;
  }

  @Override
  public String id() {
    return "lines/2/" + language + "/" + size.text();
  }

  @Override
  public List<Piece> split(String text) {
    Pieces pieces = new Pieces(size, SnippetKind.CODE, language);
    Lines lines = Lines.of(text);
    List<Block> window = new ArrayList<>();
    int tokens = 0;
    String outer = "";
    int from = 0;
    while (from < lines.size() && !pieces.isFull()) {
      int to = paragraphEnd(lines, from);
      String paragraph = lines.join(from, to);
      int cost = Tokens.estimate(paragraph);
      boolean atOuter = indent(lines.text(from)) == 0;
      boolean full = tokens + cost > size.max() || (tokens >= size.target() / 2 && atOuter);
      if (full && tokens > 0) {
        pieces.pack(title(outer, window), window);
        window.clear();
        tokens = 0;
      }
      if (!paragraph.isBlank()) {
        window.add(Block.of(paragraph, lines.number(from)));
        tokens += cost;
      }
      outer = atOuter ? declaration(paragraph, outer) : outer;
      from = to;
      while (from < lines.size() && lines.isBlank(from)) {
        from++;
      }
    }
    pieces.pack(title(outer, window), window);
    return pieces.all();
  }

  private static int paragraphEnd(Lines lines, int from) {
    int to = from;
    while (to < lines.size() && !lines.isBlank(to)) {
      to++;
    }
    return Math.max(to, from + 1);
  }

  private static String title(String outer, List<Block> window) {
    String inner = window.isEmpty() ? "" : declaration(window.getFirst().text(), "");
    return inner.isEmpty() || inner.equals(outer) || outer.isEmpty()
        ? (inner.isEmpty() ? outer : inner)
        : outer + " › " + inner;
  }

  private static String declaration(String paragraph, String otherwise) {
    for (String line : paragraph.lines().limit(60).toList()) {
      Matcher matcher = DECLARATION.matcher(line.length() > 300 ? line.substring(0, 300) : line);
      if (matcher.find()) {
        return matcher.group(1).replaceAll("[({:]$", "").strip();
      }
    }
    return otherwise;
  }

  private static int indent(String line) {
    int indent = 0;
    while (indent < line.length() && (line.charAt(indent) == ' ' || line.charAt(indent) == '\t')) {
      indent++;
    }
    return indent;
  }
}
