package dev.tidemark.client.browser;

import static dev.tidemark.client.chromium.Facts.holds;
import static dev.tidemark.client.chromium.Facts.same;

import dev.tidemark.client.chromium.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** Facts about the wrappers, checked one after the other in a page. */
public final class BrowserFactsMain {
  private final Facts facts = new Facts();
  private final List<Consumer<Runnable>> steps = new ArrayList<>();

  private BrowserFactsMain() {}

  /** Started by the test page. */
  public static void main(String[] arguments) {
    BrowserFactsMain main = new BrowserFactsMain();
    main.facts.check("plain_objects_hold_what_was_put_in", main::plainObjects);
    main.facts.check("ids_are_made_from_the_browsers_clock_and_randomness", main::ids);
    main.facts.check(
        "lifecycle_listeners_can_be_added",
        () ->
            PageLifecycle.listen(
                new PageLifecycle.Listener() {
                  @Override
                  public void leaving() {}

                  @Override
                  public void back() {}

                  @Override
                  public void visible(boolean visible) {}

                  @Override
                  public void networkHint(boolean online) {}
                }));
    main.steps.add(main::locks);
    main.steps.add(main::withdrawnLock);
    main.steps.add(main::forgottenLock);
    main.steps.add(main::ports);
    main.steps.add(main::broadcast);
    main.steps.add(main::timers);
    main.steps.add(main::promises);
    main.steps.add(main::requests);
    main.steps.add(main::failingRequests);
    main.steps.add(main::streams);
    main.steps.add(main::refusedStream);
    main.steps.add(main::workers);
    main.steps.add(main::hub);
    main.next();
  }

  private void next() {
    if (steps.isEmpty()) {
      facts.done();
    } else {
      steps.removeFirst().accept(this::next);
    }
  }

  private void plainObjects() {
    PlainObject object =
        PlainObject.create()
            .put("text", "\uD83C\uDF0A")
            .put("number", 1.5)
            .put("flag", true)
            .put("nothing", (String) null)
            .put("inner", PlainObject.create().put("x", "y"))
            .put("list", PlainArray.create().push("a").push(2));
    same("\uD83C\uDF0A", String.valueOf(object.text("text")));
    same(1.5, object.number("number"));
    holds(object.flag("flag"), "the flag is set");
    holds(object.text("nothing") == null, "null reads as null");
    holds(object.text("absent") == null, "absent reads as null");
    holds(!object.has("nothing") && !object.has("absent"), "neither is there");
    holds(object.text("number") == null, "a number is no text");
    holds(object.array("inner") == null, "an object is no array");
    same("array", object.kind("list"));
    same("null", object.kind("nothing"));
    same("undefined", object.kind("absent"));
    same(6, object.names().length);
    same(
        "{\"text\":\"\uD83C\uDF0A\",\"number\":1.5,\"flag\":true,\"nothing\":null,"
            + "\"inner\":{\"x\":\"y\"},\"list\":[\"a\",2]}",
        Json.text(object));
    holds(Json.parse("{\"a\":") == null, "broken text parses to null");
  }

  private void ids() {
    UuidMaker maker = new UuidMaker(Clocks::epochMillis, new CryptoRandom()::nextInt);
    String first = maker.next();
    String second = maker.next();
    same(36, first.length());
    holds(first.charAt(14) == '7', first);
    holds(first.compareTo(second) < 0, first + " before " + second);
  }

  private void locks(Runnable next) {
    Locks.request(
        "a",
        held ->
            Locks.query(entries -> {
              facts.check(
                  "a_held_lock_is_seen_and_its_release_wakes_the_waiter",
                  () -> {
                    same(1, entries.size());
                    same("a", entries.getFirst().name());
                    holds(entries.getFirst().held(), "it is held");
                  });
              Locks.request(
                  "a",
                  second -> {
                    second.release();
                    second.release();
                    next.run();
                  });
              held.release();
            }));
  }

  private void withdrawnLock(Runnable next) {
    Locks.request(
        "b",
        held -> {
          Locks.Request waiting =
              Locks.request("b", wrong -> facts.fail("a_withdrawn_request_is_not_granted", "was"));
          waiting.withdraw();
          held.release();
          Locks.request(
              "b",
              last -> {
                facts.check("a_withdrawn_request_is_not_granted", () -> {});
                last.release();
                next.run();
              });
        });
  }

  /** The browser cannot be made to forget; what it would say then is given instead. */
  private void forgottenLock(Runnable next) {
    int[] grants = new int[1];
    Locks.request(
        "d",
        held -> {
          Locks.request(
              "d",
              first -> {
                grants[0]++;
                first.release();
              });
          Locks.Request gone =
              Locks.request("d", wrong -> facts.fail("a_withdrawn_request_is_not_granted", "was"));
          Locks.askAgain(
              List.of(new Locks.Entry("d", "x", false), new Locks.Entry("d", "y", true)));
          Locks.askAgain(List.of(new Locks.Entry("d", "x", false)));
          Locks.askAgain(List.of(new Locks.Entry("d", "x", false)));
          gone.withdraw();
          held.release();
          Locks.request(
              "d",
              last ->
                  Locks.query(entries -> {
                    facts.check(
                        "who_asks_again_for_a_forgotten_lock_gets_it_once",
                        () -> {
                          same(1, grants[0]);
                          same(1, (int) entries.stream().filter(e -> e.name().equals("d")).count());
                        });
                    last.release();
                    next.run();
                  }));
        });
  }

  private void ports(Runnable next) {
    Port.Pair first = Port.channel();
    Port.Pair second = Port.channel();
    first
        .far()
        .onMessage(message -> {
          facts.check(
              "a_message_carries_data_and_ports",
              () -> {
                same("over", String.valueOf(message.data().text("say")));
                same(1, message.portCount());
              });
          message.port(0).post(PlainObject.create().put("say", "back"));
        });
    second
        .near()
        .onMessage(message -> {
          facts.check(
              "a_transferred_port_works_where_it_went",
              () -> same("back", String.valueOf(message.data().text("say"))));
          first.near().close();
          next.run();
        });
    first.near().post(PlainObject.create().put("say", "over"), second.far());
  }

  private void broadcast(Runnable next) {
    Broadcast one = new Broadcast("channel");
    Broadcast two = new Broadcast("channel");
    two.onMessage(message -> {
      facts.check(
          "a_broadcast_reaches_the_others",
          () -> same("all", String.valueOf(message.data().text("to"))));
      one.close();
      two.close();
      next.run();
    });
    one.post(PlainObject.create().put("to", "all"));
  }

  private void timers(Runnable next) {
    StringBuilder order = new StringBuilder();
    int cancelled = Timers.after(0, () -> order.append("cancelled "));
    Timers.cancel(cancelled);
    Timers.soon(() -> order.append("soon "));
    Timers.nextTask(() -> order.append("task "));
    int[] times = {0};
    int[] timer = {0};
    timer[0] =
        Timers.every(
            5,
            () -> {
              if (++times[0] == 3) {
                Timers.cancel(timer[0]);
                facts.check(
                    "timers_run_in_their_order", () -> same("now soon task ", order.toString()));
                next.run();
              }
            });
    order.append("now ");
  }

  private void promises(Runnable next) {
    Deferred good = new Deferred();
    Deferred bad = new Deferred();
    good.resolve("value");
    bad.reject("refused", "No.", true);
    settle(
        good.promise(),
        bad.promise(),
        (value, error) -> {
          facts.check(
              "promises_settle_with_values_and_errors",
              () -> {
                same("value", value);
                same("refused No. true", error);
              });
          next.run();
        });
  }

  private void requests(Runnable next) {
    Http.request(
        "POST",
        "/reply",
        new String[] {"X-Test", "sent"},
        "{\"x\":\"\u00e9\"}",
        5_000,
        answer -> {
          facts.check(
              "a_request_gives_status_headers_and_body",
              () -> {
                same(201, answer.status());
                same("sent", String.valueOf(answer.header("x-echo")));
                same("{\"x\":\"\u00e9\"}", answer.body());
              });
          next.run();
        },
        sentence -> fail("a_request_gives_status_headers_and_body", sentence, next));
  }

  private void failingRequests(Runnable next) {
    Http.request(
        "GET",
        "/silent",
        new String[0],
        null,
        50,
        answer -> fail("a_request_gives_up", "answered", next),
        sentence -> {
          facts.check("a_request_gives_up", () -> holds(sentence.contains("50 ms"), sentence));
          next.run();
        });
  }

  private void streams(Runnable next) {
    StringBuilder text = new StringBuilder();
    int[] chunks = {0};
    Http.stream(
        "GET",
        "/chunks",
        new String[0],
        null,
        new Http.StreamListener() {
          @Override
          public void opened(Http.Response head) {
            text.append(head.status()).append(' ');
          }

          @Override
          public void chunk(String piece) {
            text.append(piece);
            if (chunks[0]++ == 0) {
              Http.request(
                  "POST", "/arrived", new String[0], "", 5_000, answer -> {}, sentence -> {});
            }
          }

          @Override
          public void ended() {
            facts.check(
                "a_stream_arrives_as_it_is_sent_and_characters_stay_whole",
                () -> {
                  same("200 \uD83C\uDF0A\u00e9", text.toString());
                  holds(chunks[0] >= 2, "pieces: " + chunks[0]);
                });
            next.run();
          }

          @Override
          public void failed(String sentence) {
            fail("a_stream_arrives", sentence, next);
          }
        });
  }

  private void refusedStream(Runnable next) {
    StringBuilder text = new StringBuilder();
    Http.stream(
        "GET",
        "/nowhere.json",
        new String[0],
        null,
        new Http.StreamListener() {
          @Override
          public void opened(Http.Response head) {
            text.append(head.status());
          }

          @Override
          public void chunk(String piece) {}

          @Override
          public void ended() {
            facts.check("a_refused_stream_tells_its_status", () -> same("404", text.toString()));
            next.run();
          }

          @Override
          public void failed(String sentence) {
            fail("a_refused_stream_tells_its_status", sentence, next);
          }
        });
  }

  private void workers(Runnable next) {
    DedicatedWorker worker = new DedicatedWorker("/echo-worker.js", "the-name");
    worker.onError(sentence -> fail("a_worker_answers", sentence, next));
    worker.onMessage(message -> {
      facts.check(
          "a_worker_answers",
          () -> {
            same("hello", String.valueOf(message.data().text("say")));
            same("the-name", String.valueOf(message.data().text("name")));
          });
      worker.terminate();
      next.run();
    });
    worker.post(PlainObject.create().put("say", "hello"));
  }

  private void hub(Runnable next) {
    holds(SharedHub.available(), "there is SharedWorker");
    Port port =
        SharedHub.connect(
            "/echo-hub.js", "the-hub", sentence -> fail("a_hub_answers", sentence, next));
    port.onMessage(message -> {
      facts.check(
          "a_hub_answers",
          () -> {
            same("hello", String.valueOf(message.data().text("say")));
            same("the-hub", String.valueOf(message.data().text("name")));
          });
      next.run();
    });
    port.post(PlainObject.create().put("say", "hello"));
  }

  private void fail(String fact, String detail, Runnable next) {
    facts.fail(fact, detail);
    next.run();
  }

  @JSFunctor
  private interface Settled extends JSObject {
    void accept(String value, String error);
  }

  @JSBody(
      params = {"good", "bad", "settled"},
      script =
          """
          good.then(function(value) {
            bad.catch(function(e) { settled(value, e.code + ' ' + e.message + ' ' + e.retry); });
          });
          """)
  private static native void settle(JSObject good, JSObject bad, Settled settled);
}
