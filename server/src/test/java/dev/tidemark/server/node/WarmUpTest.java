package dev.tidemark.server.node;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.server.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WarmUpTest {
  @TempDir Path data;

  @Test
  void people_are_served_while_it_runs() throws IOException {
    try (TestServer server = new TestServer(data)) {
      String ada = server.token("ada", true);
      String space = server.space(ada, "Here");
      server.node().warmUp();
      server.append(ada, space, TestServer.channel("c"), TestServer.message("m", "c", "a tide"));
      String found = server.get(ada, "/api/v1/search?q=tide&mode=keyword").body();
      assertTrue(found.contains("a tide"), found);
    }
  }

  @Test
  void a_server_that_is_stopped_does_not_wait_for_it() {
    TestServer server = new TestServer(data);
    server.node().warmUp();
    long start = System.nanoTime();
    server.close();
    assertTrue(System.nanoTime() - start < Duration.ofSeconds(10).toNanos());
  }
}
