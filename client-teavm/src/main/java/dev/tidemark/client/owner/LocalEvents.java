package dev.tidemark.client.owner;

import dev.tidemark.protocol.event.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads events that a page places itself, on a database without a server. */
@FunctionalInterface
public interface LocalEvents {

  /**
   * @param events opaque, as in {@link dev.tidemark.client.tabs.Call.Apply}
   * @param first position of the first of them
   * @throws dev.tidemark.protocol.codec.EventRefusedException when one has not the agreed shape
   */
  List<Event> decode(@Nullable Object events, String space, long first);
}
