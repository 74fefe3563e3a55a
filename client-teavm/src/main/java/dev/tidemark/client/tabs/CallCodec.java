package dev.tidemark.client.tabs;

import dev.tidemark.client.browser.PlainObject;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSObject;

/** Calls as plain objects that ports can carry; field {@code c} names the kind. */
public final class CallCodec {

  private CallCodec() {}

  public static PlainObject encode(Call call) {
    PlainObject out = PlainObject.create();
    return switch (call) {
      case Call.Query query ->
          out.put("c", "query")
              .put("sql", query.sql())
              .put("params", (JSObject) query.parameters());
      case Call.Search search ->
          out.put("c", "search")
              .put("text", search.text())
              .put("space", search.space())
              .put("channel", search.channel())
              .put("limit", search.limit());
      case Call.Write write ->
          out.put("c", "write")
              .put("space", write.space())
              .put("id", write.id())
              .put("type", write.type())
              .put("author", write.author())
              .put("time", (double) write.clientTime())
              .put("payload", write.payload());
      case Call.Apply apply ->
          out.put("c", "apply")
              .put("space", apply.space())
              .put("events", (JSObject) apply.events());
      case Call.Await await ->
          out.put("c", "await").put("space", await.space()).put("id", await.id());
      case Call.Retry retry ->
          out.put("c", "retry")
              .put("space", retry.space())
              .put("id", retry.id())
              .put("newId", retry.newId());
      case Call.Discard discard ->
          out.put("c", "discard").put("space", discard.space()).put("id", discard.id());
    };
  }

  public static Call decode(PlainObject in) {
    String kind = text(in, "c");
    return switch (kind) {
      case "query" -> new Call.Query(text(in, "sql"), parameters(in));
      case "search" ->
          new Call.Search(
              text(in, "text"), in.text("space"), in.text("channel"), (int) in.number("limit"));
      case "write" ->
          new Call.Write(
              text(in, "space"),
              text(in, "id"),
              text(in, "type"),
              in.text("author"),
              (long) in.number("time"),
              text(in, "payload"));
      case "apply" -> new Call.Apply(text(in, "space"), in.array("events"));
      case "await" -> new Call.Await(text(in, "space"), text(in, "id"));
      case "retry" -> new Call.Retry(text(in, "space"), text(in, "id"), text(in, "newId"));
      case "discard" -> new Call.Discard(text(in, "space"), text(in, "id"));
      default -> throw new IllegalStateException("unknown call " + kind);
    };
  }

  private static @Nullable Object parameters(PlainObject in) {
    return in.array("params");
  }

  private static String text(PlainObject in, String name) {
    return Objects.requireNonNull(in.text(name), () -> "no text " + name);
  }
}
