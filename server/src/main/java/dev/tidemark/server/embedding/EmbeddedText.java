package dev.tidemark.server.embedding;

/** The one place that says which text of a row is embedded. */
public final class EmbeddedText {
  /** Counts up when a text is built in another way: everything is embedded anew then. */
  public static final int RECIPE = 2;

  /** Characters beyond this are left out before the model sees them: more than any model reads. */
  static final int MOST_CHARACTERS = 32_768;

  private EmbeddedText() {}

  /** What somebody searches for. */
  public static String ofQuery(String text) {
    return cut(text.strip());
  }

  /**
   * A message as people read it, behind the name of who wrote it: others call them by it.
   *
   * @param name as people see it, or empty where there is none
   */
  public static String ofMessage(String name, String body) {
    String text = body.strip();
    return text.isEmpty() || name.isBlank() ? cut(text) : cut(name.strip() + ": " + text);
  }

  public static String ofDocument(String title, String body) {
    return cut((title + "\n" + body).strip());
  }

  public static String ofSnippet(String title, String body) {
    return cut((title + "\n" + body).strip());
  }

  private static String cut(String text) {
    if (text.length() <= MOST_CHARACTERS) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(MOST_CHARACTERS - 1)) ? 1 : 0;
    return text.substring(0, MOST_CHARACTERS - end);
  }
}
