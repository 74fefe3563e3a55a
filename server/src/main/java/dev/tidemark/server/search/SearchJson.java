package dev.tidemark.server.search;

import dev.tidemark.protocol.json.JsonText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers as JSON, the same over HTTP, over MCP and on the command socket. */
public final class SearchJson {
  private SearchJson() {}

  /**
   * @param next cursor of the next page, null at the end
   */
  public static JsonText found(
      SearchRequest request, SearchOutcome.Found found, @Nullable String next) {
    JsonText json = new JsonText(new StringBuilder(1_024 + found.hits().size() * 512));
    json.beginObject().name("query").value(request.text());
    json.name("mode").value(found.used().wire());
    json.name("requestedMode").value(request.mode().wire());
    text(json, "fallback", found.fallback());
    json.name("results").beginArray();
    found.hits().forEach(hit -> write(json, hit));
    json.endArray();
    text(json, "next", next);
    return json.endObject();
  }

  private static void write(JsonText json, Hit hit) {
    json.beginObject().name("kind").value(hit.source().kind().wire());
    json.name("score").raw(Double.toString(hit.score()));
    json.name("excerpt").value(hit.excerpt().text()).name("highlights").beginArray();
    for (Excerpt.Range range : hit.excerpt().highlights()) {
      json.beginArray().value(range.start()).value(range.end()).endArray();
    }
    json.endArray();
    text(json, "title", hit.title());
    switch (hit.source()) {
      case Hit.Message message -> {
        json.name("space").value(message.space());
        json.name("channel").value(message.channel());
        json.name("id").value(message.id());
        text(json, "thread", message.thread());
        json.name("author").value(message.author());
        json.name("createdAt").value(message.createdAt());
        json.name("position").value(message.position());
      }
      case Hit.Document document ->
          json.name("space").value(document.space()).name("id").value(document.id());
      case Hit.Snippet snippet -> {
        json.name("snippetId").value(snippet.number());
        json.name("libraryId").value(snippet.libraryId());
        json.name("version").value(snippet.version());
        json.name("path").value(snippet.path());
        json.name("line").value(snippet.line());
        text(json, "language", snippet.language());
      }
    }
    json.endObject();
  }

  /** The context with its pieces and as one text. */
  public static JsonText assembled(String query, ContextOutcome.Assembled assembled) {
    JsonText json = new JsonText(new StringBuilder(1_024 + assembled.text().length() * 2));
    json.beginObject().name("libraryId").value(assembled.libraryId());
    json.name("version").value(assembled.version());
    json.name("query").value(query);
    json.name("mode").value(assembled.used().wire());
    text(json, "fallback", assembled.fallback());
    json.name("tokens").value(assembled.tokens());
    json.name("snippets").beginArray();
    for (ContextOutcome.Piece piece : assembled.pieces()) {
      json.beginObject().name("title").value(piece.title());
      json.name("path").value(piece.path()).name("line").value(piece.line());
      text(json, "language", piece.language());
      json.name("body").value(piece.body()).name("tokens").value(piece.tokens());
      json.name("score").raw(Double.toString(piece.score())).endObject();
    }
    return json.endArray().name("text").value(assembled.text()).endObject();
  }

  /** What libraries there are that a name may mean. */
  public static JsonText libraries(List<LibraryFinder.Match> matches) {
    JsonText json = new JsonText().beginObject().name("libraries").beginArray();
    for (LibraryFinder.Match match : matches) {
      json.beginObject().name("libraryId").value(match.id()).name("title").value(match.title());
      text(json, "description", match.description());
      json.name("source").value(match.source());
      text(json, "latestVersion", match.versions().isEmpty() ? null : match.versions().getFirst());
      json.name("versions").beginArray();
      match.versions().forEach(json::value);
      json.endArray().name("snippets").value(match.snippets()).endObject();
    }
    return json.endArray().endObject();
  }

  private static void text(JsonText json, String name, @Nullable String value) {
    json.name(name);
    if (value == null) {
      json.nullValue();
    } else {
      json.value(value);
    }
  }
}
