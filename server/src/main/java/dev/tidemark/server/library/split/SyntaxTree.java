package dev.tidemark.server.library.split;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.treesitter.TSInputEncoding;
import org.treesitter.TSNode;
import org.treesitter.TSParser;
import org.treesitter.TSTree;
import org.treesitter.TSTreeCursor;

/**
 * A parsed file, in native memory until it is closed. Error recovery of some grammars is quadratic
 * (20,000 nested classes of Java took 107 s), so parsing gives up after a number of steps that
 * depends on the size alone: the same file always comes to the same end. The clock is only a last
 * resort.
 */
final class SyntaxTree implements AutoCloseable {
  private static final int BUFFER_BYTES = 16 * 1024;
  private static final int STEPS_ALWAYS = 500;

  /** Ordinary code takes a step for every 80 bytes or so. */
  private static final int BYTES_PER_STEP = 25;

  private static final Duration LAST_RESORT = Duration.ofSeconds(3);

  private final byte[] text;
  private final TSTree tree;

  private SyntaxTree(byte[] text, TSTree tree) {
    this.text = text;
    this.tree = tree;
  }

  /** Null when parsing takes too many steps. */
  static @Nullable SyntaxTree parse(Grammar grammar, String source) {
    byte[] text = source.getBytes(StandardCharsets.UTF_8);
    long limit = STEPS_ALWAYS + (long) text.length / BYTES_PER_STEP;
    long end = System.nanoTime() + LAST_RESORT.toNanos();
    long[] steps = {0};
    try (TSParser parser = new TSParser()) {
      if (!parser.setLanguage(grammar.load())) {
        return null;
      }
      TSTree tree =
          parser.parseWithOptions(
              new byte[BUFFER_BYTES],
              null,
              (buffer, offset, point) -> read(text, offset, buffer),
              TSInputEncoding.TSInputEncodingUTF8,
              state -> ++steps[0] > limit || System.nanoTime() > end);
      return tree == null ? null : new SyntaxTree(text, tree);
    }
  }

  private static int read(byte[] text, int offset, byte[] buffer) {
    int length = Math.max(0, Math.min(buffer.length, text.length - offset));
    System.arraycopy(text, Math.min(offset, text.length), buffer, 0, length);
    return length;
  }

  TSNode root() {
    return tree.getRootNode();
  }

  int length() {
    return text.length;
  }

  /** The named children, in order; the cursor makes this linear, asking by index would not. */
  static List<TSNode> children(TSNode node, int limit) {
    List<TSNode> children = new ArrayList<>();
    try (TSTreeCursor cursor = new TSTreeCursor(node)) {
      boolean more = cursor.gotoFirstChild();
      while (more && children.size() < limit) {
        TSNode child = cursor.currentNode();
        if (child.isNamed()) {
          children.add(child);
        }
        more = cursor.gotoNextSibling();
      }
    }
    return children;
  }

  /** The child in a field of the grammar, or null. */
  static @Nullable TSNode field(TSNode node, String name) {
    TSNode child = node.getChildByFieldName(name);
    return child == null || child.isNull() ? null : child;
  }

  String text(TSNode node) {
    return text(node.getStartByte(), node.getEndByte());
  }

  String text(int fromByte, int toByte) {
    return new String(text, fromByte, Math.max(0, toByte - fromByte), StandardCharsets.UTF_8);
  }

  /** The begin of the line when only white space stands before the byte, else the byte itself. */
  int lineStart(int fromByte) {
    int start = fromByte;
    while (start > 0 && (text[start - 1] == ' ' || text[start - 1] == '\t')) {
      start--;
    }
    return start == 0 || text[start - 1] == '\n' ? start : fromByte;
  }

  @Override
  public void close() {
    tree.close();
  }
}
