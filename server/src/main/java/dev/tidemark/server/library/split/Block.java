package dev.tidemark.server.library.split;

/**
 * Some lines that belong together: a paragraph, a list, a fence.
 *
 * @param fence opening line of a code fence, or empty: parts of the block get fences of their own
 * @param continues whether it was cut from the block before it and may repeat its end
 */
record Block(String text, int startLine, int tokens, String fence, boolean continues) {

  static Block of(String text, int startLine) {
    return new Block(text, startLine, Tokens.estimate(text), "", false);
  }

  static Block ofFence(String text, int startLine, String fence) {
    return new Block(text, startLine, Tokens.estimate(text), fence, false);
  }

  static Block cut(String text, int startLine, boolean continues) {
    return new Block(text, startLine, Tokens.estimate(text), "", continues);
  }
}
