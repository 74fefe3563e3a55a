package dev.tidemark.server.http;

import dev.tidemark.protocol.codec.EventCodec;
import dev.tidemark.protocol.codec.ProblemCode;
import dev.tidemark.protocol.codec.Protocol;
import dev.tidemark.protocol.event.Ids;
import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.protocol.json.JsonText;
import dev.tidemark.server.eventlog.AppendResult;
import dev.tidemark.server.eventlog.Batch;
import dev.tidemark.server.eventlog.EventLog;
import dev.tidemark.server.eventlog.EventPage;
import dev.tidemark.server.eventlog.LoggedEvent;
import dev.tidemark.server.eventlog.SpaceHead;
import dev.tidemark.server.http.Authentication.Principal;
import dev.tidemark.server.intake.BatchParser;
import dev.tidemark.server.space.Spaces;
import dev.tidemark.server.stream.Frames;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Timer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** {@code /api/v1/spaces} and the events in them. */
final class SpaceRoutes {
  private static final int SMALL_BODY_BYTES = 16_384;
  private static final int DEFAULT_PAGE_EVENTS = 500;

  private final Authentication authentication;
  private final EventLog log;
  private final Spaces spaces;
  private final Operations operations;
  private final AppendLimit appends = new AppendLimit();

  SpaceRoutes(Authentication authentication, EventLog log, Spaces spaces, Operations operations) {
    this.authentication = authentication;
    this.log = log;
    this.spaces = spaces;
    this.operations = operations;
  }

  void list(Context context) {
    Principal principal = authentication.require(context);
    Query.allowOnly(context, Set.of());
    JsonText json = new JsonText().beginObject().name("spaces").beginArray();
    for (SpaceHead space : log.spacesOf(principal.user())) {
      Frames.writeSpace(space, json);
    }
    Responses.json(context, 200, json.endArray().endObject());
  }

  void create(Context context) {
    Principal principal = authentication.require(context);
    if (!principal.account().admin()) {
      throw new Problem(ProblemCode.FORBIDDEN, "Only administrators create spaces.");
    }
    Query.allowOnly(context, Set.of());
    JsonObject body = Bodies.object(context, SMALL_BODY_BYTES);
    if (body.names().size() != 1 || body.kind("name") != JsonObject.Kind.TEXT) {
      throw Problem.invalid("Send {\"name\": \"...\"}.");
    }
    String name = body.text("name").strip();
    String objection = Spaces.objection(name);
    if (objection != null) {
      throw Problem.invalid(objection);
    }
    String id = Responses.await(spaces.found(name, principal.user()));
    Responses.json(
        context,
        201,
        new JsonText().beginObject().name("id").value(id).name("name").value(name).endObject());
  }

  void append(Context context) {
    Principal principal = authentication.require(context);
    Query.allowOnly(context, Set.of());
    String space = space(context);
    byte[] body = Bodies.json(context, Protocol.MAX_BATCH_BYTES);
    Batch batch = BatchParser.parse(space, principal.user(), body);
    Timer.Sample sample = Timer.start();
    AppendResult result =
        appends.limited(principal.user(), () -> Responses.await(log.append(batch)));
    sample.stop(operations.appendTimer());
    boolean accepted = result instanceof AppendResult.Appended;
    operations.countAppend(accepted ? "accepted" : "refused", batch.proposals().size());
    switch (result) {
      case AppendResult.Appended appended -> Responses.json(context, 200, appended(appended));
      case AppendResult.NoSuchSpace none -> throw Problem.noSuchSpace();
      case AppendResult.Refused refused ->
          throw new Problem(refused.code(), refused.detail())
              .with("index", (long) refused.index())
              .with("eventId", refused.eventId());
    }
  }

  private static JsonText appended(AppendResult.Appended appended) {
    JsonText json = new JsonText().beginObject().name("results").beginArray();
    for (AppendResult.Place place : appended.places()) {
      json.beginObject()
          .name("id")
          .value(place.id())
          .name("position")
          .value(place.position())
          .name("duplicate")
          .value(place.duplicate())
          .endObject();
    }
    return json.endArray().name("head").value(appended.head()).endObject();
  }

  void read(Context context) {
    Principal principal = authentication.require(context);
    Query.allowOnly(context, Set.of("after", "limit"));
    String space = space(context);
    long after = Query.integer(context, "after", 0, 0, Protocol.MAX_INTEGER);
    int limit =
        (int) Query.integer(context, "limit", DEFAULT_PAGE_EVENTS, 1, Protocol.MAX_PAGE_EVENTS);
    EventPage page = log.page(space, principal.user(), after, limit);
    if (page == null) {
      throw Problem.noSuchSpace();
    }
    JsonText json = new JsonText(new StringBuilder(256 + 320 * page.events().size()));
    json.beginObject().name("events").beginArray();
    for (LoggedEvent logged : page.events()) {
      EventCodec.writeConfirmed(logged.event(), json);
    }
    json.endArray().name("head").value(page.head()).endObject();
    Responses.bytes(context, 200, json.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** A text that is no id names no space. */
  private static String space(Context context) {
    String space = context.pathParam("space");
    if (!Ids.isValid(space)) {
      throw Problem.noSuchSpace();
    }
    return space;
  }
}
