package dev.tidemark.client.sync;

import dev.tidemark.client.browser.BrowserJsonObject;
import dev.tidemark.client.browser.Clocks;
import dev.tidemark.client.browser.Timers;
import dev.tidemark.client.chromium.Facts;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.json.JsonException;
import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.protocol.json.JsonObject.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs in Chromium: reading JSON in place, and the adapter against a server with faults. */
public final class SyncFactsMain {
  private static final int PATIENCE_MILLIS = 20_000;

  private SyncFactsMain() {}

  /** Starts in a worker. */
  public static void main(String[] arguments) {
    Facts facts = new Facts();
    facts.check("kinds are told apart", SyncFactsMain::kinds);
    facts.check("names of prototypes are absent unless sent", SyncFactsMain::prototypes);
    facts.check("only objects are parsed", SyncFactsMain::onlyObjects);
    facts.check("lists of objects hold nothing else", SyncFactsMain::lists);
    facts.value("events decoded per second", String.valueOf(decodeRate()));
    new Replica(facts).run();
  }

  private static void kinds() {
    JsonObject object =
        BrowserJsonObject.parse(
            "{\"text\":\"é😀\",\"zero\":0,\"big\":9007199254740991,\"fraction\":0.5,"
                + "\"beyond\":9007199254740992,\"yes\":true,\"no\":false,\"none\":null,"
                + "\"object\":{\"a\":[1]},\"list\":[]}");
    Facts.same(
        "[text, zero, big, fraction, beyond, yes, no, none, object, list]",
        object.names().toString());
    Facts.same("é😀", object.text("text"));
    Facts.same(0L, object.integer("zero"));
    Facts.same(9007199254740991L, object.integer("big"));
    Facts.same(Kind.NUMBER, object.kind("fraction"));
    Facts.same(Kind.NUMBER, object.kind("beyond"));
    Facts.holds(object.bool("yes") && !object.bool("no"), "booleans are read");
    Facts.same(Kind.NULL, object.kind("none"));
    Facts.same("{\"a\":[1]}", object.object("object").json());
    Facts.same(Kind.ARRAY, object.kind("list"));
    Facts.same(Kind.ABSENT, object.kind("nothing"));
    refused(() -> object.text("zero"));
    refused(() -> object.integer("beyond"));
    refused(() -> object.bool("none"));
    refused(() -> object.object("list"));
    refused(() -> object.objects("object"));
  }

  private static void refused(Runnable read) {
    try {
      read.run();
    } catch (IllegalStateException expected) {
      return;
    }
    throw new AssertionError("another kind must be refused");
  }

  private static void prototypes() {
    JsonObject empty = BrowserJsonObject.parse("{}");
    for (String name : new String[] {"constructor", "toString", "__proto__", "hasOwnProperty"}) {
      Facts.same(Kind.ABSENT, empty.kind(name));
    }
    JsonObject sent = BrowserJsonObject.parse("{\"__proto__\":{\"a\":1},\"constructor\":\"b\"}");
    Facts.same(Kind.OBJECT, sent.kind("__proto__"));
    Facts.same("b", sent.text("constructor"));
    Facts.same(Kind.ABSENT, sent.kind("a"));
  }

  private static void onlyObjects() {
    for (String text : new String[] {"", "[]", "1", "null", "{", "{}{}", "\"a\""}) {
      try {
        BrowserJsonObject.parse(text);
      } catch (JsonException expected) {
        continue;
      }
      throw new AssertionError("parsed " + text);
    }
  }

  private static void lists() {
    JsonObject object = BrowserJsonObject.parse("{\"good\":[{\"a\":1},{}],\"bad\":[{},1]}");
    Facts.same(2, object.objects("good").size());
    Facts.same(1L, object.objects("good").getFirst().integer("a"));
    try {
      object.objects("bad");
    } catch (JsonException expected) {
      return;
    }
    throw new AssertionError("a number is no object");
  }

  /** From the text of the stream to decoded events, in pages of 500. */
  private static long decodeRate() {
    List<Event> page = new ArrayList<>();
    for (int i = 1; i <= 500; i++) {
      page.add(
          new Event("s", i, "id" + i, "message.created", "u", 0, 1, 2, ModelServer.PAYLOAD, null));
    }
    String text = ModelServer.frame("s", page, "s:500");
    EventStreamParser parser = new EventStreamParser();
    int pages = 0;
    double begin = Clocks.elapsedMillis();
    while (Clocks.elapsedMillis() - begin < 1_000) {
      StreamMessages.decode(parser.feed(text).getFirst(), BrowserJsonObject::parse);
      pages++;
    }
    return (long) (pages * 500 * 1_000 / (Clocks.elapsedMillis() - begin));
  }

  /** A replica in memory that ends the run when everything has arrived. */
  private static final class Replica implements SyncTarget {
    private final Facts facts;
    private final Map<String, PendingEvent> outbox = new LinkedHashMap<>();
    private final Map<String, Long> positions = new LinkedHashMap<>();
    private final List<String> applied = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private final HttpSync sync = new HttpSync("/api/v1", this);
    private int timesOnline;
    private String spaceName = "";
    private boolean over;

    Replica(Facts facts) {
      this.facts = facts;
    }

    void run() {
      for (int i = 0; i < SyncInChromiumTest.OWN_EVENTS; i++) {
        String id = i == 7 ? "bad7" : "own" + i;
        outbox.put(id, new PendingEvent("s1", id, 200));
      }
      sync.start();
      Timers.after(
          PATIENCE_MILLIS,
          () -> finish("outbox=" + outbox.keySet() + ", applied " + applied.size()));
    }

    private void look() {
      if (outbox.isEmpty() && applied.size() == SyncInChromiumTest.ALL_EVENTS) {
        // A moment more: nothing may come twice.
        Timers.after(300, () -> finish(null));
      }
    }

    private void finish(@Nullable String missing) {
      if (over) {
        return;
      }
      over = true;
      sync.stop();
      if (missing != null) {
        facts.fail("everything arrives", missing);
      }
      facts.check("a refused event is told once", () -> Facts.same("[bad7]", refusals.toString()));
      facts.check(
          "everything arrives once and own events in order",
          () -> {
            Facts.same(SyncInChromiumTest.ALL_EVENTS, applied.size());
            StringBuilder own = new StringBuilder();
            for (String id : applied) {
              own.append(id.startsWith("own") ? id + " " : "");
            }
            StringBuilder expected = new StringBuilder();
            for (int i = 0; i < SyncInChromiumTest.OWN_EVENTS; i++) {
              expected.append(i == 7 ? "" : "own" + i + " ");
            }
            Facts.same(expected.toString(), own.toString());
          });
      facts.check("a space has its name", () -> Facts.same("Räume", spaceName));
      facts.check(
          "a stream that was cut is opened again",
          () -> Facts.holds(timesOnline >= 2, "online " + timesOnline + " times"));
      facts.done();
    }

    @Override
    public String cursor() {
      return ModelServer.cursor(positions);
    }

    @Override
    public List<PendingEvent> pending() {
      return new ArrayList<>(outbox.values());
    }

    @Override
    public @Nullable String pendingJson(String space, String id) {
      return outbox.containsKey(id) ? "{\"id\":\"" + id + "\"}" : null;
    }

    @Override
    public void apply(StreamMessage message, Runnable done, Consumer<String> failed) {
      switch (message) {
        case StreamMessage.Events events -> {
          for (Event event : events.events()) {
            applied.add(event.id());
            outbox.remove(event.id());
          }
          positions.put(events.space(), events.events().getLast().position());
        }
        case StreamMessage.SpaceChanged space -> spaceName = space.name();
        case StreamMessage.Revoked revoked -> facts.fail("nothing is revoked", revoked.space());
      }
      Timers.nextTask(() -> {
        done.run();
        look();
      });
    }

    @Override
    public void accepted(String space, List<Placed> placed) {
      // The stream brings them.
    }

    @Override
    public void refused(String space, String id, String code, String detail) {
      refusals.add(id);
      outbox.remove(id);
      look();
    }

    @Override
    public void historyChanged(@Nullable String space, String detail, Runnable restart) {
      facts.fail("history stays", detail);
    }

    @Override
    public void status(boolean online, @Nullable String code, @Nullable String detail) {
      timesOnline += online ? 1 : 0;
    }
  }
}
