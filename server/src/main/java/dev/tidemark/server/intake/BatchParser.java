package dev.tidemark.server.intake;

import dev.tidemark.protocol.codec.EventCodec;
import dev.tidemark.protocol.codec.EventRefusedException;
import dev.tidemark.protocol.codec.ProblemCode;
import dev.tidemark.protocol.codec.Protocol;
import dev.tidemark.protocol.event.Ids;
import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.protocol.jvm.JacksonJson;
import dev.tidemark.server.eventlog.Batch;
import dev.tidemark.server.eventlog.Proposal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses the body {@code {"events":[...]}} of an append. */
public final class BatchParser {
  private static final String EVENTS = "events";

  private BatchParser() {}

  /**
   * @param author the signed-in user
   * @throws dev.tidemark.protocol.json.JsonException when the bytes are not the JSON we accept
   * @throws BatchRefused when the batch or one of its events has another shape
   */
  public static Batch parse(String space, String author, byte[] body) {
    JsonObject given = JacksonJson.parse(body);
    for (String name : given.names()) {
      if (!name.equals(EVENTS)) {
        throw refuse("A batch has no field " + name + "; it has " + EVENTS + ".");
      }
    }
    if (given.kind(EVENTS) != JsonObject.Kind.ARRAY) {
      throw refuse("A batch needs a list named " + EVENTS + ".");
    }
    List<JsonObject> events = given.objects(EVENTS);
    if (events.isEmpty() || events.size() > Protocol.MAX_BATCH_EVENTS) {
      throw refuse("A batch has 1 to " + Protocol.MAX_BATCH_EVENTS + " events.");
    }
    List<Proposal> proposals = new ArrayList<>(events.size());
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < events.size(); i++) {
      Proposal proposal = parse(space, author, events.get(i), i);
      String id = proposal.event().id();
      if (!ids.add(id)) {
        throw new BatchRefused(
            ProblemCode.INVALID_EVENT, "The id " + id + " stands twice in the batch.", i, id);
      }
      proposals.add(proposal);
    }
    return new Batch(space, Batch.Origin.USER, proposals, body.length);
  }

  private static Proposal parse(String space, String author, JsonObject given, int index) {
    try {
      return Proposal.of(EventCodec.decodeNew(space, author, given));
    } catch (EventRefusedException e) {
      throw new BatchRefused(e.code(), e.detail(), index, idOf(given));
    }
  }

  private static @Nullable String idOf(JsonObject given) {
    if (given.kind("id") != JsonObject.Kind.TEXT) {
      return null;
    }
    String id = given.text("id");
    return Ids.isValid(id) ? id : null;
  }

  private static BatchRefused refuse(String detail) {
    return new BatchRefused(ProblemCode.INVALID_REQUEST, detail, -1, null);
  }
}
