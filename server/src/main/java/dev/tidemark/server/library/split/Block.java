package dev.tidemark.server.library.split;

/**
 * Some lines that belong together: a paragraph, a list, a fence.
 *
 * @param fence opening line of a code fence, or empty: parts of the block get fences of their own
 */
record Block(String text, int startLine, int tokens, String fence) {

  static Block of(String text, int startLine) {
    return new Block(text, startLine, Tokens.estimate(text), "");
  }
}
