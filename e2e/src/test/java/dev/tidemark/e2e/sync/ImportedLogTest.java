package dev.tidemark.e2e.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tidemark.e2e.harness.Page;
import dev.tidemark.e2e.harness.TidemarkServer.Finished;
import dev.tidemark.e2e.harness.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A chat log goes in beside a running server and comes out in a browser that is open already. */
final class ImportedLogTest {
  @Test
  void an_imported_log_appears_as_a_channel_with_threads_in_an_open_browser(@TempDir Path folder)
      throws IOException {
    Path logs = Files.createDirectory(folder.resolve("logs"));
    Files.writeString(
        logs.resolve("2024-05-01.a.raw.txt"),
        """
        === nick has joined #tide
        [09:00] <ann> how high will it be today?
        [09:01] <ben> four metres at noon
        [09:02] <cleo> somebody left a boat here
        """);
    // The line with number 1 (from 0) is answered by the next one.
    Files.writeString(logs.resolve("2024-05-01.a.annotation.txt"), "1 2 -\n");
    try (var world = World.start(folder)) {
      Page page = Page.open(world.browser("profile"), world.origin()).online();
      String[] command = {"import", "irc", logs.toString(), "--space", "Harbour"};
      Finished imported = world.server().run(command);
      assertEquals(0, imported.status(), imported.toString());
      long head = head(world);

      page.tab()
          .waitFor(
              "tidemark.query('select count(*) as n from messages').then(rows => rows[0].n === 3)");
      page.tab().input().waitForText("tm-timeline", "how high will it be today?");
      page.tab().input().waitForText("tm-message >>> .replies", "1 reply");
      assertEquals(
          List.of("four metres at noon"),
          page.query("select body from messages where thread is not null")
              .findValuesAsText("body"));
      page.tab().input().click("tm-message >>> .replies");
      page.tab().input().waitForText("tm-thread", "four metres at noon");

      Finished again = world.server().run(command);
      assertEquals(0, again.status(), again.toString());
      // Neither the second import nor the reader, who opened a thread, added anything.
      assertEquals(head, head(world));
    }
  }

  private static long head(World world) {
    return world
        .api()
        .get("/api/v1/spaces")
        .body()
        .path("spaces")
        .valueStream()
        .filter(space -> space.path("name").asText().equals("Harbour"))
        .findFirst()
        .orElseThrow()
        .path("head")
        .asLong();
  }
}
