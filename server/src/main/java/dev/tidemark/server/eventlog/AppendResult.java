package dev.tidemark.server.eventlog;

import dev.tidemark.protocol.codec.ProblemCode;
import java.util.List;

/** What became of a batch. */
public sealed interface AppendResult {

  /**
   * Durable.
   *
   * @param places one for each event of the batch, in its order
   * @param head the last position of the space right after this batch
   */
  record Appended(List<Place> places, long head) implements AppendResult {
    public Appended {
      places = List.copyOf(places);
    }
  }

  /**
   * Where an event stands.
   *
   * @param duplicate whether it stood there before this batch
   * @param differs whether what stands there is another event than the given one, which only an
   *     import may meet: its source has changed since
   */
  record Place(String id, long position, boolean duplicate, boolean differs) {}

  /**
   * Nothing of the batch was stored.
   *
   * @param index of the event in the batch that was refused first
   * @param detail a sentence for the author
   */
  record Refused(ProblemCode code, String detail, int index, String eventId)
      implements AppendResult {}

  /** There is no such space, or the author is no member of it: the two are not told apart. */
  record NoSuchSpace() implements AppendResult {}
}
