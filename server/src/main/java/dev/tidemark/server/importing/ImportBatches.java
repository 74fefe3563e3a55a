package dev.tidemark.server.importing;

import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.server.admin.ImportedEvent;
import dev.tidemark.server.admin.Operator;
import dev.tidemark.server.eventlog.AppendResult.Place;
import dev.tidemark.server.importing.ImportSummary.Tally;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Hands events to an operator in batches, several of them under way, and counts what became of
 * them. Confined to one thread.
 */
final class ImportBatches {
  /** A batch with long messages ends before it has its full number of events. */
  private static final int MAX_BATCH_CHARACTERS = 500_000;

  private static final int UNDER_WAY = Operator.BATCHES_UNDER_WAY;

  /**
   * @param lines of the input that are stored when it is
   */
  private record UnderWay(
      List<ImportedEvent> events, long lines, CompletableFuture<List<Place>> places) {}

  private final Operator operator;
  private final String space;
  private final long allLines;
  private final ImportProgress progress;
  private final Deque<UnderWay> underWay = new ArrayDeque<>();
  private List<ImportedEvent> next = new ArrayList<>();
  private int nextCharacters;
  private long nextLines;
  private Tally channels = new Tally(0, 0);
  private Tally messages = new Tally(0, 0);
  private long differing;

  ImportBatches(Operator operator, String space, long allLines, ImportProgress progress) {
    this.operator = operator;
    this.space = space;
    this.allLines = allLines;
    this.progress = progress;
  }

  /**
   * @param lines of the input that have been read up to this event
   * @throws Operator.Failed when an earlier batch was refused
   */
  void add(ImportedEvent event, long lines) {
    next.add(event);
    nextLines = lines;
    if (event.body() instanceof WorkspaceEvent.MessageCreated created) {
      nextCharacters += created.body().length();
    }
    if (next.size() == Operator.MAX_BATCH_EVENTS || nextCharacters >= MAX_BATCH_CHARACTERS) {
      send();
    }
  }

  /** Sends the rest and waits until everything is durable. */
  void finish() {
    if (!next.isEmpty()) {
      send();
    }
    while (!underWay.isEmpty()) {
      settleOldest();
    }
    progress.storing(allLines, allLines);
  }

  private void send() {
    if (underWay.size() == UNDER_WAY) {
      settleOldest();
    }
    underWay.add(new UnderWay(next, nextLines, operator.append(space, next)));
    next = new ArrayList<>(Operator.MAX_BATCH_EVENTS);
    nextCharacters = 0;
  }

  private void settleOldest() {
    UnderWay oldest = underWay.remove();
    List<Place> places = join(oldest.places());
    for (int i = 0; i < places.size(); i++) {
      count(oldest.events().get(i), places.get(i));
    }
    progress.storing(oldest.lines(), allLines);
  }

  private void count(ImportedEvent event, Place place) {
    if (event.body() instanceof WorkspaceEvent.ChannelCreated) {
      channels = channels.and(place.duplicate());
    } else {
      messages = messages.and(place.duplicate());
    }
    if (place.differs()) {
      differing++;
    }
  }

  private static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  Tally channels() {
    return channels;
  }

  Tally messages() {
    return messages;
  }

  long differing() {
    return differing;
  }
}
