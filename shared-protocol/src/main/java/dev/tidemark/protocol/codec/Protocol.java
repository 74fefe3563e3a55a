package dev.tidemark.protocol.codec;

/** Version of the wire schema, and the limits that both sides keep. */
public final class Protocol {
  /** Sent as {@code Tidemark-Protocol}; the server serves this one and the one before. */
  public static final int VERSION = 1;

  public static final int OLDEST_SERVED_VERSION = 1;
  public static final String VERSION_HEADER = "Tidemark-Protocol";

  public static final int MAX_BATCH_EVENTS = 500;
  public static final int MAX_BATCH_BYTES = 1_000_000;
  public static final int MAX_PAGE_EVENTS = 1000;
  public static final int MAX_JSON_DEPTH = 32;

  /** Largest integer that JavaScript keeps exactly; positions and times stay below. */
  public static final long MAX_INTEGER = (1L << 53) - 1;

  /** Order keys of pending events start here, above every position. */
  public static final long PENDING_ORDER_BASE = 1L << 52;

  /** The server says something on a stream at least this often. */
  public static final int KEEP_ALIVE_MILLIS = 15_000;

  private Protocol() {}
}
