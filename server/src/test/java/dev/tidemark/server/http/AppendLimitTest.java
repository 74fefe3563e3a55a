package dev.tidemark.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class AppendLimitTest {
  private final AppendLimit limit = new AppendLimit();

  private static String waitFor(CountDownLatch started, CountDownLatch release) {
    started.countDown();
    try {
      release.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return "done";
  }

  @Test
  void a_flood_of_one_user_is_refused_and_delays_no_other() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(AppendLimit.PER_USER);
    CountDownLatch release = new CountDownLatch(1);
    List<Thread> flood = new ArrayList<>();
    for (int i = 0; i < AppendLimit.PER_USER; i++) {
      flood.add(
          Thread.ofVirtual().start(() -> limit.limited("ada", () -> waitFor(started, release))));
    }
    started.await();
    Problem refused = assertThrows(Problem.class, () -> limit.limited("ada", () -> "more"));
    assertEquals(429, refused.status());
    assertEquals("other", limit.limited("bob", () -> "other"));
    release.countDown();
    for (Thread thread : flood) {
      thread.join();
    }
    assertEquals("again", limit.limited("ada", () -> "again"));
  }
}
