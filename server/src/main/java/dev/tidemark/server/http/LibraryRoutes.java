package dev.tidemark.server.http;

import dev.tidemark.protocol.codec.ProblemCode;
import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.protocol.json.JsonText;
import dev.tidemark.protocol.jvm.JacksonJson;
import dev.tidemark.server.library.Libraries.AddOutcome;
import dev.tidemark.server.library.Libraries.Discovery;
import dev.tidemark.server.library.Library;
import dev.tidemark.server.library.PathChoice;
import dev.tidemark.server.storage.Indexing;
import io.javalin.http.Context;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/libs}: everybody may look, administrators change. */
final class LibraryRoutes {
  private static final int SMALL_BODY_BYTES = 16_384;
  private static final int VERSIONS_BODY_BYTES = 1_000_000;
  private static final int MAX_VERSIONS = 5_000;
  private static final int NAMED_VERSIONS = 10;
  private static final Set<String> FIELDS = Set.of("source", "title", "include", "exclude");

  private final Authentication authentication;
  private final Indexing indexing;
  private final JobJson jobJson;

  LibraryRoutes(Authentication authentication, Indexing indexing, JobJson jobJson) {
    this.authentication = authentication;
    this.indexing = indexing;
    this.jobJson = jobJson;
  }

  void list(Context context) {
    authentication.require(context);
    Query.allowOnly(context, Set.of());
    JsonText json = new JsonText().beginObject().name("libs").beginArray();
    indexing.libraries().list().forEach(library -> LibraryJson.write(library, json));
    Responses.json(context, 200, json.endArray().endObject());
  }

  void show(Context context) {
    authentication.require(context);
    Query.allowOnly(context, Set.of());
    Library library = indexing.libraries().find(context.pathParam("id"));
    if (library == null) {
      throw noSuchLibrary();
    }
    answer(context, 200, library);
  }

  void add(Context context) {
    authentication.requireAdmin(context);
    Query.allowOnly(context, Set.of());
    JsonObject body = Bodies.object(context, SMALL_BODY_BYTES);
    boolean shaped =
        body.kind("source") == JsonObject.Kind.TEXT
            && isOptional(body, "title", JsonObject.Kind.TEXT)
            && isOptional(body, "include", JsonObject.Kind.ARRAY)
            && isOptional(body, "exclude", JsonObject.Kind.ARRAY)
            && FIELDS.containsAll(body.names());
    if (!shaped) {
      throw Problem.invalid(
          "Send {\"source\": \"https://...\", \"title\": \"...\", \"include\": [\"docs/**\"],"
              + " \"exclude\": [\"docs/old/**\"]}; all but the source may be left out.");
    }
    String title = body.names().contains("title") ? body.text("title") : null;
    switch (indexing.libraries().add(body.text("source"), title, paths(body))) {
      case AddOutcome.Added added -> answer(context, 201, added.library());
      case AddOutcome.Exists exists -> answer(context, 200, exists.library());
      case AddOutcome.Refused refused -> throw Problem.invalid(refused.sentence());
    }
  }

  private static boolean isOptional(JsonObject body, String name, JsonObject.Kind kind) {
    return body.kind(name) == JsonObject.Kind.ABSENT || body.kind(name) == kind;
  }

  /** Null when neither list is given, which changes nothing of a library that is there. */
  private static @Nullable PathChoice paths(JsonObject body) {
    Set<String> given = Set.copyOf(body.names());
    return given.contains("include") || given.contains("exclude")
        ? new PathChoice(
            given.contains("include") ? JacksonJson.texts(body, "include") : List.of(),
            given.contains("exclude") ? JacksonJson.texts(body, "exclude") : List.of())
        : null;
  }

  private static void answer(Context context, int status, Library library) {
    JsonText json = new JsonText();
    LibraryJson.write(library, json);
    Responses.json(context, status, json);
  }

  void remove(Context context) throws InterruptedException {
    authentication.requireAdmin(context);
    Query.allowOnly(context, Set.of());
    switch (indexing.remove(context.pathParam("id"))) {
      case REMOVED -> context.status(204);
      case MISSING -> throw noSuchLibrary();
      case BUSY ->
          throw new Problem(
              ProblemCode.UNAVAILABLE,
              "A worker is still at this library; its jobs are cancelled, try again in a moment.");
    }
  }

  void discover(Context context) throws InterruptedException {
    authentication.requireAdmin(context);
    Query.allowOnly(context, Set.of());
    switch (indexing.libraries().discover(context.pathParam("id"))) {
      case Discovery.Discovered discovered -> {
        JsonText json = new JsonText().beginObject().name("versions");
        LibraryJson.writeVersions(discovered.library(), json);
        json.name("added").value(discovered.added());
        Responses.json(context, 200, json.endObject());
      }
      case Discovery.Unknown unknown -> throw noSuchLibrary();
      case Discovery.Failed failed ->
          throw new Problem(ProblemCode.SOURCE_FAILED, failed.sentence());
    }
  }

  void index(Context context) {
    authentication.requireAdmin(context);
    Query.allowOnly(context, Set.of());
    JsonObject body = Bodies.object(context, VERSIONS_BODY_BYTES);
    if (body.names().size() != 1 || body.kind("versions") != JsonObject.Kind.ARRAY) {
      throw Problem.invalid("Send {\"versions\": [\"v1.0\", ...]}.");
    }
    List<String> versions = JacksonJson.texts(body, "versions");
    if (versions.isEmpty() || versions.size() > MAX_VERSIONS) {
      throw Problem.invalid("Name 1 to " + MAX_VERSIONS + " versions.");
    }
    switch (indexing.index(context.pathParam("id"), versions)) {
      case Indexing.Wish.Enqueued enqueued -> {
        JsonText json = new JsonText().beginObject().name("jobs");
        jobJson.writeAll(enqueued.jobs(), json);
        Responses.json(context, 202, json.endObject());
      }
      case Indexing.Wish.NoSuchLibrary none -> throw noSuchLibrary();
      case Indexing.Wish.NoSuchVersions none ->
          throw Problem.invalid(
              "This library has no version "
                  + String.join(", ", none.names().stream().limit(NAMED_VERSIONS).toList())
                  + "; discover its versions first.");
    }
  }

  private static Problem noSuchLibrary() {
    return new Problem(ProblemCode.NOT_FOUND, "There is no such library.");
  }
}
