package dev.tidemark.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tidemark.server.database.DataFolder;
import dev.tidemark.server.embedding.EmbeddingSettings;
import dev.tidemark.server.embedding.Embeddings;
import dev.tidemark.server.library.SnippetScopes;
import dev.tidemark.server.search.SearchRoom;
import dev.tidemark.server.storage.IndexSettings;
import dev.tidemark.server.storage.Indexing;
import dev.tidemark.server.storage.Storage;
import dev.tidemark.server.stream.EventFanout;
import dev.tidemark.server.stream.StreamLimits;
import dev.tidemark.server.web.StaticFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The OpenAPI file describes exactly the routes that there are. */
class OpenApiTest {
  private static final Set<String> PAGES = Set.of("GET /", "GET /<path>");

  @TempDir Path data;

  @Test
  void every_route_is_described_and_every_description_has_its_route() throws IOException {
    Set<String> routes;
    StaticFiles files = StaticFiles.load();
    try (Storage storage = new Storage(DataFolder.open(data), Clock.systemUTC());
        EventFanout fanout = new EventFanout(StreamLimits.DEFAULT);
        Indexing indexing = new Indexing(storage, IndexSettings.DEFAULT, Clock.systemUTC());
        Embeddings embeddings =
            new Embeddings(
                storage.writer(),
                storage.readers(),
                storage.vectors(),
                new EmbeddingSettings.None(),
                Clock.systemUTC());
        HttpServer server =
            new HttpServer(
                new HttpSettings("127.0.0.1", 0, null),
                new HttpServer.Rooms(
                    storage.accounts(),
                    storage.log(),
                    storage.spaces(),
                    fanout,
                    files,
                    new Operations(storage.writer(), storage.readers(), fanout, files),
                    indexing,
                    List::of,
                    SearchRoom.byWordsAlone(
                        storage.readers(), new SnippetScopes(storage.readers())),
                    embeddings,
                    () -> "{}"))) {
      routes = new TreeSet<>(server.routes());
    }
    routes.removeAll(PAGES);
    assertEquals(described(), routes);
  }

  /** Readers of YAML 1.1, which are many, take a bare {@code off} for false. */
  @Test
  void no_value_is_a_boolean_for_older_readers() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(OpenApiTest.class.getResourceAsStream("/web/openapi.yaml")),
                StandardCharsets.UTF_8))) {
      assertEquals(
          List.of(),
          lines
              .lines()
              .filter(line -> line.matches(".*[\\[,] *(on|off|yes|no|y|n)[,\\]].*"))
              .toList());
    }
  }

  /** Paths stand at two spaces, their methods at four. */
  private static Set<String> described() throws IOException {
    Set<String> described = new TreeSet<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(OpenApiTest.class.getResourceAsStream("/web/openapi.yaml")),
                StandardCharsets.UTF_8))) {
      String path = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.matches("  /.*:")) {
          path = line.strip().replaceFirst(":$", "");
        } else if (line.matches("    (get|post|put|patch|delete):")) {
          String method = line.strip().replaceFirst(":$", "").toUpperCase(Locale.ROOT);
          described.add(method + " " + path);
        }
      }
    }
    return described;
  }
}
