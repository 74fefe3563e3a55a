package dev.tidemark.server.stream;

import java.io.IOException;

/** Where a stream writes to. Both calls may block while the reader is slow. */
public interface StreamSink {

  /** The bytes may stay in a buffer until {@link #flush}. */
  void write(byte[] bytes) throws IOException;

  void flush() throws IOException;
}
