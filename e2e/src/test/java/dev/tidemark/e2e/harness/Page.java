package dev.tidemark.e2e.harness;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.e2e.harness.World.Place;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A tab with a page of the app, spoken to through {@code window.tidemark}. */
public record Page(Tab tab) {
  private static final String BODIES =
      "select body from messages where space = ? and channel = ? and deleted = 0 order by"
          + " order_key";

  /** Opens an address in a tab and waits until the engine has an owner. */
  public static Page open(Browser browser, String url) {
    return new Page(browser.open(url)).ready();
  }

  /** Waits until this page is linked to whoever owns the database. */
  public Page ready() {
    tab.waitFor("window.tidemark && tidemark.status().owner !== null");
    return this;
  }

  /** Waits until the stream is connected, whoever holds it. */
  public Page online() {
    tab.waitFor("window.tidemark && tidemark.status().online");
    return this;
  }

  public Page offline() {
    tab.waitFor("window.tidemark && !tidemark.status().online");
    return this;
  }

  /** Waits until a channel has arrived in this browser. */
  public Page knows(Place place) {
    Waiting.until(
        place + " to arrive",
        () ->
            query(
                        "select 1 from channels where space = ? and id = ?",
                        place.space(),
                        place.channel())
                    .size()
                == 1);
    return this;
  }

  /**
   * Waits until nothing waits to be sent. The database is asked as well: the status of a write that
   * was just made may be on its way.
   */
  public Page settled() {
    tab.waitFor(
        "tidemark.query(\"select id from outbox where state = 'pending' limit 1\")"
            + ".then(rows => rows.length === 0 && tidemark.status().pending === 0)");
    return this;
  }

  public String id() {
    return tab.evaluate("tidemark.tabId").asText();
  }

  public Status status() {
    JsonNode status = tab.evaluate("tidemark.status()");
    return new Status(
        status.path("role").asText(),
        status.path("owner").asText(),
        status.path("epoch").asLong(),
        status.path("online").asBoolean(),
        status.path("pending").asInt(),
        status.path("refused").asInt(),
        status.path("cursor").asText());
  }

  /** The part of {@code status()} that tests look at; the owner is "null" while there is none. */
  public record Status(
      String role,
      String owner,
      long epoch,
      boolean online,
      int pending,
      int refused,
      String cursor) {}

  /** Rows of a query, as an array of objects. */
  public JsonNode query(String sql, @Nullable Object... params) {
    return tab.call("(sql, params) => tidemark.query(sql, params)", sql, params);
  }

  /** Texts of the messages of a channel, threads too, in the order in which they are shown. */
  public List<String> bodies(Place place) {
    return query(BODIES, place.space(), place.channel()).findValuesAsText("body");
  }

  public void waitForBodies(Place place, List<String> bodies) {
    Waiting.until(
        bodies + " in " + place + ", the page has " + lastBodies(place),
        () -> bodies(place).equals(bodies));
  }

  private Object lastBodies(Place place) {
    try {
      return bodies(place);
    } catch (Tab.ScriptFailed | CdpConnection.CommandFailed notNow) {
      return notNow;
    }
  }

  /** Ids of the messages of a space that wait to be sent, in their order. */
  public List<String> waiting(Place place) {
    return query(
            "select json_extract(payload, '$.messageId') as id from outbox"
                + " where space = ? and state = 'pending' order by number",
            place.space())
        .findValuesAsText("id");
  }

  /** Sends an event and returns its id once it is durable in this browser. */
  public String send(Place place, String type, Object payload) {
    return tab.call(
            """
            async (space, type, payload) => {
              const sent = await tidemark.send({space, type, payload});
              const outcome = sent.confirmed.then(position => position, error => error.code);
              (globalThis.sent ??= {})[sent.id] = outcome;
              return sent.id;
            }
            """,
            place.space(),
            type,
            payload)
        .asText();
  }

  /** Sends a message whose id is its body. */
  public String say(Place place, String body) {
    return send(place, "message.created", place.message(body, body));
  }

  /** What became of an event that this page sent: a position, or the code of the refusal. */
  public CompletableFuture<JsonNode> outcome(String id) {
    return tab.callLater("id => globalThis.sent[id]", id);
  }
}
