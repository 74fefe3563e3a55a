package dev.tidemark.server.embedding;

import org.jspecify.annotations.Nullable;

/** A model gave no vectors: why, and whose fault it is. */
public final class ModelFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What failed. */
  public enum Kind {
    /** The model cannot be had or does not work at all; later it may. */
    MODEL,
    /** It refuses this input; another text may work. */
    TEXT
  }

  private final Kind kind;

  /**
   * @param message a sentence for operators, without secrets and without the texts
   */
  public ModelFailed(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
