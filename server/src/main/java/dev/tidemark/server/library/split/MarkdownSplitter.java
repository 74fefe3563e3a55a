package dev.tidemark.server.library.split;

import dev.tidemark.server.library.SnippetKind;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * Markdown by headings. Bodies are the lines of the file: nothing is rendered, so scripts stay
 * text. Only blocks are parsed; inlines would cost most of the time and are where hostile inputs
 * explode.
 */
final class MarkdownSplitter implements Splitter {
  private static final int MAX_OPEN_BLOCKS = 40;
  private static final int MAX_FRONT_MATTER_LINES = 200;

  /** A mark to link to, which many write before each heading: its name is that heading's. */
  private static final Pattern ANCHOR =
      Pattern.compile("<a\\s+(?:name|id)=[^<>]{0,300}>\\s*(?:</a>)?");

  /** The mark that ends a heading: {@code ## Title {#title}}. */
  private static final Pattern HEADING_MARK = Pattern.compile("\\{#[^{}]{0,300}\\}$");

  /** An entry of a table of contents. */
  private static final Pattern LOCAL_LINK =
      Pattern.compile("\\s*(?:[-*+]|\\d{1,9}[.)])\\s+\\[[^\\n]{0,500}\\]\\(#[^()]{0,500}\\)\\s*");

  private final Parser parser =
      Parser.builder()
          .includeSourceSpans(IncludeSourceSpans.BLOCKS)
          .maxOpenBlockParsers(MAX_OPEN_BLOCKS)
          .inlineParserFactory(context -> (lines, node) -> {})
          .build();

  private final SplitSize size;

  MarkdownSplitter(SplitSize size) {
    this.size = size;
  }

  @Override
  public String id() {
    return "markdown/3/" + size.text();
  }

  @Override
  public List<Piece> split(String text) {
    Pieces pieces = new Pieces(size, SnippetKind.DOCUMENTATION, null);
    Headings headings = new Headings(pieces);
    String[] lines = text.split("\n", -1);
    int first = frontMatterEnd(lines);
    for (int i = 1; i < first - 1; i++) {
      if (lines[i].startsWith("title:")) {
        headings.title(unquoted(lines[i].substring("title:".length()).strip()));
      }
    }
    String body = String.join("\n", Arrays.asList(lines).subList(first, lines.length));
    Node node = parser.parse(body).getFirstChild();
    while (node != null && !pieces.isFull()) {
      add(node, lines, first, headings);
      node = node.getNext();
    }
    headings.end();
    return pieces.all();
  }

  private static void add(Node node, String[] lines, int first, Headings headings) {
    List<SourceSpan> spans = node.getSourceSpans();
    if (spans.isEmpty()) {
      return;
    }
    int from = first + spans.getFirst().getLineIndex();
    int to = first + spans.getLast().getLineIndex() + 1;
    String source = String.join("\n", Arrays.asList(lines).subList(from, to));
    if (!says(node, source)) {
      return;
    }
    switch (node) {
      case Heading heading ->
          headings.heading(heading.getLevel(), headingText(source), source, from + 1);
      case FencedCodeBlock fence when source.startsWith("```") ->
          headings.block(Block.ofFence(source, from + 1, lines[from]));
      default -> headings.block(Block.of(source, from + 1));
    }
  }

  /** Whether people find something in it: no rules, comments, marks and tables of contents. */
  private static boolean says(Node node, String source) {
    return switch (node) {
      case ThematicBreak line -> false;
      case LinkReferenceDefinition definition -> false;
      case HtmlBlock html -> !html.getLiteral().startsWith("<!--") && !isAnchor(source);
      case Paragraph paragraph -> !isAnchor(source);
      case ListBlock list ->
          !source.lines().allMatch(line -> line.isBlank() || LOCAL_LINK.matcher(line).matches());
      default -> true;
    };
  }

  private static boolean isAnchor(String source) {
    return source.length() < 400 && ANCHOR.matcher(source.strip()).matches();
  }

  /** The line behind the front matter, 0 where there is none. */
  private static int frontMatterEnd(String[] lines) {
    if (!lines[0].equals("---")) {
      return 0;
    }
    for (int i = 1; i < Math.min(lines.length, MAX_FRONT_MATTER_LINES); i++) {
      if (lines[i].equals("---")) {
        return i + 1;
      }
    }
    return 0;
  }

  /** Without the marks around it: {@code ## Title ##}, or underlined. */
  private static String headingText(String source) {
    String line = source.strip();
    if (line.startsWith("#")) {
      int start = 0;
      while (start < line.length() && line.charAt(start) == '#') {
        start++;
      }
      line = line.substring(start);
      int end = line.length();
      while (end > 0 && line.charAt(end - 1) == '#') {
        end--;
      }
      line = line.substring(0, end);
    } else if (line.lastIndexOf('\n') >= 0) {
      line = line.substring(0, line.lastIndexOf('\n')).replace('\n', ' ');
    }
    return withoutLinks(HEADING_MARK.matcher(line.strip()).replaceFirst("").strip());
  }

  /** {@code [text](target)} as {@code text}, without emphasis, code marks and anchors of HTML. */
  private static String withoutLinks(String heading) {
    if (heading.length() > SplitSize.MAX_TITLE_CHARACTERS) {
      return heading.substring(0, SplitSize.MAX_TITLE_CHARACTERS);
    }
    return heading
        .replaceAll("!?\\[([^\\[\\]]*)\\]\\([^()]*\\)", "$1")
        .replaceAll("<[^<>]*>", "")
        .replaceAll("[*`]+", "")
        .strip();
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() >= 2
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(value.length() - 1) == value.charAt(0);
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
