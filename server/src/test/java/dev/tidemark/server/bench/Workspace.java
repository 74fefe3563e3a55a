package dev.tidemark.server.bench;

import dev.tidemark.protocol.codec.EventTypes;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.server.eventlog.AppendResult;
import dev.tidemark.server.eventlog.Batch;
import dev.tidemark.server.eventlog.Proposal;
import dev.tidemark.server.node.Node;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** A user with a token, a space and a channel, and messages of about 80 characters for it. */
final class Workspace {
  static final String USER = "bench";
  static final String CHANNEL = "general";
  private static final String BODY =
      "a line of chat as people write it, neither long nor short, about eighty letters";

  final String token;
  final String space;

  Workspace(Node node) {
    token = node.storage().accounts().createToken(USER, true);
    space = node.storage().spaces().found("Bench", USER).join();
    append(node, event("channel", new WorkspaceEvent.ChannelCreated(CHANNEL, CHANNEL)));
  }

  void append(Node node, Event event) {
    Batch batch = new Batch(space, Batch.Origin.USER, List.of(Proposal.of(event)), 400);
    AppendResult result = node.storage().log().append(batch).join();
    if (!(result instanceof AppendResult.Appended)) {
      throw new IllegalStateException("refused: " + result);
    }
  }

  /** A message with new ids, as browsers make them. */
  Event message() {
    return event(newId(), created(newId()));
  }

  /** UUIDv7: the time in front, so that new rows go to the end of every index. */
  private static String newId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = (System.currentTimeMillis() << 16) | 0x7000 | random.nextInt(0x1000);
    long low = (random.nextLong() >>> 2) | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString();
  }

  static WorkspaceEvent created(String id) {
    return new WorkspaceEvent.MessageCreated(id, CHANNEL, BODY + " " + id, null, List.of());
  }

  private Event event(String id, WorkspaceEvent body) {
    return new Event(
        space,
        0,
        id,
        EventTypes.of(body).name(),
        USER,
        0,
        System.currentTimeMillis(),
        0,
        EventTypes.encode(body),
        body);
  }
}
