package dev.tidemark.protocol.authority;

import dev.tidemark.protocol.codec.ProblemCode;

/** Whether an event may be appended just now. */
public sealed interface Decision {

  record Accepted() implements Decision {}

  /**
   * @param detail a sentence for the author
   */
  record Refused(ProblemCode code, String detail) implements Decision {}
}
