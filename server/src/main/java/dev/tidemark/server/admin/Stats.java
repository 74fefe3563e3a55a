package dev.tidemark.server.admin;

import dev.tidemark.protocol.json.JsonText;
import dev.tidemark.server.database.SlowQueries.SlowQuery;
import dev.tidemark.server.embedding.Coverage;
import dev.tidemark.server.embedding.Embeddings;
import dev.tidemark.server.embedding.Generation;
import dev.tidemark.server.storage.Storage;
import dev.tidemark.server.storage.StorageSizes;
import dev.tidemark.server.storage.StorageSizes.Count;
import dev.tidemark.server.stream.OpenStream;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What operators want to know at a glance, as the JSON of {@code GET /api/v1/stats}: the same for
 * the admin page and the command line.
 */
public final class Stats {
  private static final int STREAMS_LISTED = 200;
  private static final Duration COVERAGE_EVERY = Duration.ofSeconds(30);

  private final Storage storage;
  private final StorageSizes sizes;
  private final Embeddings embeddings;
  private final Supplier<List<OpenStream>> streams;
  private final Clock clock;
  private @Nullable Coverage latest; // guarded by this
  private long latestAt; // guarded by this

  /**
   * @param streams the streams open at this moment
   */
  public Stats(
      Storage storage, Embeddings embeddings, Supplier<List<OpenStream>> streams, Clock clock) {
    this.storage = storage;
    this.sizes = new StorageSizes(storage, clock);
    this.embeddings = embeddings;
    this.streams = streams;
    this.clock = clock;
  }

  /** Numbers for dashboards, by name. */
  public Map<String, Supplier<Number>> gauges() {
    return Map.of(
        "tidemark.embeddings.missing", () -> recentCoverage().missing(),
        "tidemark.embeddings.busy", () -> embeddings.isEmbedding() ? 1 : 0,
        "tidemark.fulltext.missing", () -> storage.fullText().missing(),
        "tidemark.database.bytes", () -> sizes.files().database(),
        "tidemark.database.wal.bytes", () -> sizes.files().log());
  }

  /** Counting coverage walks over indexes: once in a while is enough for a graph. */
  private synchronized Coverage recentCoverage() {
    long now = clock.millis();
    Coverage known = latest;
    if (known == null || now - latestAt > COVERAGE_EVERY.toMillis()) {
      known = embeddings.coverage();
      latest = known;
      latestAt = now;
    }
    return known;
  }

  /** One JSON object. */
  public String json() {
    Coverage coverage = embeddings.coverage();
    Map<Count, Long> counts = sizes.counts();
    JsonText json = new JsonText().beginObject();
    json.name("missing_embeddings_total").value(coverage.missing());
    writeEmbeddings(coverage, json.name("embeddings"));
    json.name("fullText").beginObject();
    json.name("missing").value(storage.fullText().missing()).endObject();
    writeStorage(json.name("storage"));
    json.name("libraries").beginObject();
    for (Count count : List.of(Count.LIBRARIES, Count.VERSIONS, Count.SNIPPETS, Count.BLOBS)) {
      write(counts, count, json);
    }
    json.endObject();
    json.name("jobs").beginObject();
    jobs().forEach((state, number) -> json.name(state).value(number));
    json.endObject();
    for (Count count : List.of(Count.EVENTS, Count.MESSAGES, Count.SPACES, Count.USERS)) {
      write(counts, count, json);
    }
    writeStreams(json.name("streams"));
    json.name("slowQueries").beginArray();
    for (SlowQuery slow : storage.readers().slowQueries().list()) {
      json.beginObject().name("sql").value(slow.sql()).name("millis").value(slow.millis());
      json.name("at").value(slow.at()).name("count").value(slow.count()).endObject();
    }
    return json.endArray().endObject().toString();
  }

  private static void write(Map<Count, Long> counts, Count count, JsonText json) {
    json.name(count.name().toLowerCase(Locale.ROOT)).value(counts.getOrDefault(count, 0L));
  }

  private static void writeEmbeddings(Coverage coverage, JsonText json) {
    json.beginObject().name("mode").value(coverage.mode());
    text(coverage.reason(), json.name("reason"));
    json.name("generations").beginArray();
    for (Coverage.OfGeneration of : coverage.generations()) {
      Generation generation = of.generation();
      json.beginObject().name("number").value(generation.number());
      json.name("profile").value(generation.profile());
      json.name("model").value(generation.model());
      json.name("dimensions").value(generation.dimensions());
      json.name("state").value(generation.state().name().toLowerCase(Locale.ROOT));
      json.name("kinds").beginArray();
      for (Coverage.OfKind kind : of.kinds()) {
        json.beginObject().name("kind").value(kind.kind()).name("live").value(kind.live());
        json.name("embedded").value(kind.embedded()).name("blank").value(kind.blank());
        json.name("missing").value(kind.missing()).endObject();
      }
      json.endArray().endObject();
    }
    json.endArray().endObject();
  }

  private static void text(@Nullable String value, JsonText json) {
    if (value == null) {
      json.nullValue();
    } else {
      json.value(value);
    }
  }

  private void writeStorage(JsonText json) {
    StorageSizes.FileSizes files = sizes.files();
    json.beginObject().name("databaseBytes").value(files.database());
    json.name("walBytes").value(files.log()).name("freeBytes").value(files.free());
    json.name("tables").beginArray();
    for (StorageSizes.TableSize table : sizes.tables()) {
      json.beginObject().name("name").value(table.name());
      json.name("bytes").value(table.bytes()).endObject();
    }
    json.endArray().endObject();
  }

  private Map<String, Long> jobs() {
    return storage
        .readers()
        .read(reader -> {
          Map<String, Long> jobs = new TreeMap<>();
          for (String state :
              List.of("queued", "running", "paused", "done", "failed", "cancelled")) {
            jobs.put(state, 0L);
          }
          try (ResultSet row =
              reader.prepare("select state, count(*) from job group by state").executeQuery()) {
            while (row.next()) {
              jobs.put(row.getString(1), row.getLong(2));
            }
          }
          return jobs;
        });
  }

  private void writeStreams(JsonText json) {
    List<OpenStream> open = streams.get();
    json.beginObject().name("count").value(open.size());
    json.name("browsers").beginArray();
    for (OpenStream stream : open.subList(0, Math.min(STREAMS_LISTED, open.size()))) {
      json.beginObject().name("user").value(stream.user()).name("since").value(stream.since());
      json.name("spaces").value(stream.spaces()).endObject();
    }
    json.endArray().endObject();
  }
}
