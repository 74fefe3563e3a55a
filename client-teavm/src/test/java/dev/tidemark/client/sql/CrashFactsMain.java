package dev.tidemark.client.sql;

import dev.tidemark.client.browser.DedicatedWorker;
import dev.tidemark.client.browser.PlainObject;
import dev.tidemark.client.browser.Timers;
import dev.tidemark.client.chromium.Facts;

/**
 * Terminates a writing worker again and again while the next one already tries to take its files,
 * and holds what the next one finds to what was committed.
 */
public final class CrashFactsMain {
  private static final int ROUNDS = 40;

  private final Facts facts = new Facts();
  private int round;
  private int refusals;
  private int acknowledged;
  private DedicatedWorker owner = start();

  private CrashFactsMain() {}

  /** Started by the test page. */
  public static void main(String[] arguments) {
    new CrashFactsMain();
  }

  private DedicatedWorker start() {
    DedicatedWorker worker = new DedicatedWorker("/crash-writer.js", "writer");
    int number = round;
    worker.onMessage(message -> heard(number, message.data()));
    worker.onError(sentence -> end("a worker failed: " + sentence));
    return worker;
  }

  private void heard(int number, PlainObject said) {
    if (said.has("failed")) {
      end("SQLite did not load: " + said.text("failed"));
    } else if (said.has("refused")) {
      refusals++;
    } else if (said.has("integrity")) {
      opened(said);
    } else if (number == round) {
      acknowledged = (int) said.number("committed");
    }
  }

  private void opened(PlainObject said) {
    if (!"ok".equals(said.text("integrity"))) {
      end("round " + round + " found " + said.text("integrity"));
    } else if (said.number("found") < acknowledged) {
      end("round " + round + ": " + acknowledged + " committed, " + said.number("found") + " kept");
    } else if (round == ROUNDS) {
      facts.check("what_was_committed_survives_terminated_workers", () -> {});
      facts.check(
          "files_in_use_are_refused_and_taken_later",
          () -> Facts.holds(refusals > 0, "somebody was refused"));
      facts.value("commits", acknowledged + " in " + ROUNDS + " rounds, refused " + refusals);
      facts.done();
      owner.terminate();
    } else {
      // A different moment each time: within a small commit, within a large one, between two.
      Timers.after(10 + round * 37 % 140, this::replace);
    }
  }

  private void replace() {
    DedicatedWorker before = owner;
    int ended = round;
    round++;
    owner = start();
    before.onMessage(message -> {
      if (round == ended + 1 && message.data().has("committed")) {
        acknowledged = (int) message.data().number("committed");
      }
    });
    Timers.after(30 + round * 53 % 90, before::terminate);
  }

  private void end(String sentence) {
    facts.fail("what_was_committed_survives_terminated_workers", sentence);
    facts.done();
  }
}
