package dev.tidemark.e2e.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Libraries and their jobs over HTTP, for what is not what a test is about. */
public final class Libraries {
  private static final String PATH = "/api/v1/libs/";

  private final Api api;
  private final Path folder;

  /**
   * @param folder where the server may read repositories
   */
  public Libraries(Api api, Path folder) {
    this.api = api;
    this.folder = folder;
  }

  /** A new library of that id with its versions discovered. */
  public String make(String owner, String name, int tags, int files) {
    Path repository = SmallRepository.make(folder.resolve(owner).resolve(name), tags, files);
    Api.Answer added =
        api.post("/api/v1/libs", Map.of("source", repository.toString(), "title", name));
    assertEquals(201, added.status(), added.toString());
    String id = added.body().path("id").asText();
    Api.Answer found = api.post(PATH + id + "/versions/discover", Map.of());
    assertEquals(200, found.status(), found.toString());
    assertEquals(tags, found.body().path("added").asInt());
    return id;
  }

  /** Queues versions from one to another and returns the ids of their jobs in that order. */
  public List<String> index(String library, int from, int to) {
    List<String> names = IntStream.rangeClosed(from, to).mapToObj(tag -> "v" + tag + ".0").toList();
    Api.Answer queued = api.post(PATH + library + "/index", Map.of("versions", names));
    assertEquals(202, queued.status(), queued.toString());
    return queued.body().path("jobs").findValuesAsText("id");
  }

  /** Pauses jobs as they are, the last one first, and returns those that were not done by then. */
  public List<String> pause(List<String> jobs) {
    return jobs.reversed().stream()
        .filter(job -> api.post("/api/v1/jobs/" + job + "/pause", Map.of()).status() == 200)
        .toList();
  }

  public JsonNode job(String id) {
    return api.get("/api/v1/jobs/" + id).body().path("job");
  }

  public void waitForStatus(String job, String status) {
    Waiting.until(job + " to be " + status, () -> job(job).path("status").asText().equals(status));
  }
}
