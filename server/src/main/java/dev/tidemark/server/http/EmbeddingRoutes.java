package dev.tidemark.server.http;

import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.protocol.json.JsonText;
import dev.tidemark.server.embedding.Embeddings;
import io.javalin.http.Context;
import java.util.Set;

/** {@code /api/v1/embeddings/build}, for administrators. */
final class EmbeddingRoutes {
  private static final int BODY_BYTES = 1_024;

  private final Authentication authentication;
  private final Embeddings embeddings;

  EmbeddingRoutes(Authentication authentication, Embeddings embeddings) {
    this.authentication = authentication;
    this.embeddings = embeddings;
  }

  void build(Context context) throws InterruptedException {
    authentication.requireAdmin(context);
    Query.allowOnly(context, Set.of());
    JsonObject body = Bodies.object(context, BODY_BYTES);
    if (body.names().size() != 1 || body.kind("backstop") != JsonObject.Kind.BOOLEAN) {
      throw Problem.invalid("Send {\"backstop\": false} or true.");
    }
    embeddings.build(body.bool("backstop"));
    JsonText json = new JsonText().beginObject();
    json.name("missing").value(embeddings.coverage().missing());
    Responses.json(context, 202, json.endObject());
  }
}
