package dev.tidemark.server.bench;

import dev.tidemark.protocol.codec.EventTypes;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.server.eventlog.AppendResult;
import dev.tidemark.server.eventlog.Batch;
import dev.tidemark.server.eventlog.Proposal;
import dev.tidemark.server.node.Node;
import java.util.List;

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

  Event message(String id) {
    return event(id, created(id));
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
