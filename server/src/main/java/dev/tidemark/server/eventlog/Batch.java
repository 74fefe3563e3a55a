package dev.tidemark.server.eventlog;

import java.util.List;

/**
 * Events for one space, stored wholly or not at all.
 *
 * @param weightBytes rough size in memory
 */
public record Batch(String space, Origin origin, List<Proposal> proposals, int weightBytes) {

  public Batch {
    proposals = List.copyOf(proposals);
  }

  /** Who answers for the events of a batch. */
  public enum Origin {
    /** A signed-in user, who is the author of each event: each one is authorised. */
    USER,
    /** The server itself: permission is not asked. */
    SERVER,
    /**
     * An import that an operator started: permission is not asked. An id stands for a place in the
     * source, so what has it already stays as it is, also when the source has changed since.
     */
    IMPORT
  }
}
