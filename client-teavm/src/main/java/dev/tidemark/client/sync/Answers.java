package dev.tidemark.client.sync;

import dev.tidemark.protocol.json.JsonException;
import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.protocol.json.JsonObject.Kind;
import dev.tidemark.protocol.json.JsonParser;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the bodies that the server answers with. */
public final class Answers {
  private static final int MAX_DETAIL = 500;

  private Answers() {}

  /**
   * What an answer other than success says; one that is no JSON object has no code.
   *
   * @param retryAfter the header, in seconds; null or a date count as absent
   */
  public static Problem problem(
      int status, String body, @Nullable String retryAfter, JsonParser parser) {
    JsonObject given = object(body, parser);
    String fallback = "The server answered with status " + status + ".";
    if (given == null) {
      return new Problem(null, fallback, -1, null, null, seconds(retryAfter) * 1000L);
    }
    String detail = text(given, "detail");
    if (detail == null) {
      detail = text(given, "title");
    }
    boolean hasIndex =
        given.kind("index") == Kind.INTEGER
            && given.integer("index") >= 0
            && given.integer("index") <= Integer.MAX_VALUE;
    return new Problem(
        text(given, "code"),
        detail == null ? fallback : detail.substring(0, Math.min(MAX_DETAIL, detail.length())),
        hasIndex ? (int) given.integer("index") : -1,
        text(given, "eventId"),
        text(given, "space"),
        seconds(retryAfter) * 1000L);
  }

  /**
   * The places of a batch's events.
   *
   * @return null when the body is not as agreed
   */
  public static @Nullable List<Placed> results(String body, JsonParser parser) {
    JsonObject given = object(body, parser);
    if (given == null || given.kind("results") != Kind.ARRAY) {
      return null;
    }
    try {
      List<Placed> placed = new ArrayList<>();
      for (JsonObject one : given.objects("results")) {
        boolean duplicate = one.kind("duplicate") == Kind.BOOLEAN && one.bool("duplicate");
        placed.add(new Placed(one.text("id"), one.integer("position"), duplicate));
      }
      return placed;
    } catch (JsonException | IllegalStateException e) {
      return null;
    }
  }

  /**
   * The ids in a list of spaces.
   *
   * @return null when the body is not as agreed
   */
  public static @Nullable Set<String> spaces(String body, JsonParser parser) {
    JsonObject given = object(body, parser);
    if (given == null || given.kind("spaces") != Kind.ARRAY) {
      return null;
    }
    try {
      Set<String> ids = new HashSet<>();
      for (JsonObject one : given.objects("spaces")) {
        ids.add(one.text("id"));
      }
      return ids;
    } catch (JsonException | IllegalStateException e) {
      return null;
    }
  }

  private static @Nullable JsonObject object(String body, JsonParser parser) {
    try {
      return parser.parse(body);
    } catch (JsonException e) {
      return null;
    }
  }

  private static @Nullable String text(JsonObject given, String name) {
    return given.kind(name) == Kind.TEXT ? given.text(name) : null;
  }

  private static int seconds(@Nullable String header) {
    if (header == null || header.isEmpty() || header.length() > 6) {
      return 0;
    }
    for (int i = 0; i < header.length(); i++) {
      if (header.charAt(i) < '0' || header.charAt(i) > '9') {
        return 0;
      }
    }
    return Integer.parseInt(header);
  }
}
