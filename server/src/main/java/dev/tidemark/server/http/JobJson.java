package dev.tidemark.server.http;

import dev.tidemark.protocol.json.JsonText;
import dev.tidemark.server.jobs.Job;
import dev.tidemark.server.jobs.WorkerStatus;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Jobs and workers as the API shows them. On the wire a library is called a repository. */
final class JobJson {
  private final UnaryOperator<String> titles;

  /**
   * @param titles the title of a library by its id; the id itself when the library is gone
   */
  JobJson(UnaryOperator<String> titles) {
    this.titles = titles;
  }

  void write(Job job, JsonText json) {
    json.beginObject()
        .name("id")
        .value(job.id())
        .name("repositoryId")
        .value(job.library())
        .name("repository")
        .value(titles.apply(job.library()))
        .name("version")
        .value(job.version())
        .name("status")
        .value(job.state().text())
        .name("stage")
        .value(job.stage())
        .name("progress")
        .value(job.progress())
        .name("filesTotal")
        .value(job.filesTotal())
        .name("filesDone")
        .value(job.filesDone())
        .name("filesSkipped")
        .value(job.filesSkipped())
        .name("snippets")
        .value(job.snippets())
        .name("snippetsReused")
        .value(job.snippetsReused())
        .name("attempts")
        .value(job.attempts());
    text(json, "error", job.error());
    Integer worker = job.worker();
    number(json, "worker", worker == null ? null : worker.longValue());
    json.name("createdAt").value(job.createdAt());
    number(json, "startedAt", job.startedAt());
    number(json, "finishedAt", job.finishedAt());
    json.endObject();
  }

  void writeAll(List<Job> jobs, JsonText json) {
    json.beginArray();
    jobs.forEach(job -> write(job, json));
    json.endArray();
  }

  /** The answer of {@code GET /workers}: each worker by its index in the given list. */
  static JsonText workers(List<WorkerStatus> workers) {
    long active = workers.stream().filter(WorkerStatus::running).count();
    JsonText json = new JsonText().beginObject();
    json.name("total").value(workers.size());
    json.name("active").value(active);
    json.name("idle").value(workers.size() - active);
    json.name("workers").beginArray();
    for (int index = 0; index < workers.size(); index++) {
      WorkerStatus worker = workers.get(index);
      Job job = worker.job();
      json.beginObject().name("index").value(index);
      json.name("kind").value(worker.kind().text());
      json.name("state").value(worker.running() ? "running" : "idle");
      text(json, "jobId", job == null ? null : job.id());
      text(json, "repositoryId", job == null ? null : job.library());
      text(json, "version", job == null ? null : job.version());
      json.endObject();
    }
    return json.endArray().endObject();
  }

  static void text(JsonText json, String name, @Nullable String value) {
    json.name(name);
    if (value == null) {
      json.nullValue();
    } else {
      json.value(value);
    }
  }

  static void number(JsonText json, String name, @Nullable Long value) {
    json.name(name);
    if (value == null) {
      json.nullValue();
    } else {
      json.value(value);
    }
  }
}
