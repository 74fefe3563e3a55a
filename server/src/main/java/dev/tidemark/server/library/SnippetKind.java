package dev.tidemark.server.library;

/** What a snippet is, as {@code snippet.kind} stores it. */
public enum SnippetKind {
  DOCUMENTATION(1),
  CODE(2);

  private final int number;

  SnippetKind(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
