package dev.tidemark.server.admin;

import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.protocol.json.JsonText;
import dev.tidemark.protocol.jvm.JacksonJson;
import dev.tidemark.server.jobs.Job;
import dev.tidemark.server.jobs.JobChange;
import dev.tidemark.server.jobs.JobPage;
import dev.tidemark.server.jobs.JobState;
import dev.tidemark.server.library.Library;
import dev.tidemark.server.library.LibraryVersion;
import dev.tidemark.server.library.PathChoice;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Libraries and jobs on the command socket. */
final class IndexWire {
  static final String ADD = "add-library";
  static final String DISCOVER = "discover";
  static final String LIST = "libraries";
  static final String REMOVE = "remove-library";
  static final String INDEX = "index";
  static final String JOBS = "jobs";
  static final String JOBS_BY_ID = "jobs-by-id";
  static final String CHANGE_JOB = "change-job";

  private IndexWire() {}

  static String add(String source, @Nullable String title, @Nullable PathChoice paths) {
    JsonText json = Wire.command(ADD).name("source").value(source);
    Wire.optional(json, "title", title);
    if (paths != null) {
      write(paths, json);
    }
    return json.endObject().toString();
  }

  static String ofLibrary(String command, String library) {
    return Wire.command(command).name("library").value(library).endObject().toString();
  }

  static String list() {
    return Wire.command(LIST).endObject().toString();
  }

  static String index(String library, List<String> versions) {
    JsonText json = Wire.command(INDEX).name("library").value(library);
    return texts(json, "versions", versions).endObject().toString();
  }

  static String jobs(String libraryPrefix, Set<JobState> states, int limit) {
    JsonText json = Wire.command(JOBS).name("prefix").value(libraryPrefix);
    return texts(json.name("limit").value(limit), "states", JobState.texts(states))
        .endObject()
        .toString();
  }

  static String jobsById(List<String> ids) {
    return texts(Wire.command(JOBS_BY_ID), "ids", ids).endObject().toString();
  }

  static String change(String job, LibraryOperator.JobWish wish) {
    return Wire.command(CHANGE_JOB)
        .name("job")
        .value(job)
        .name("wish")
        .value(wish.name())
        .endObject()
        .toString();
  }

  /** Does what a request asks for; null for a command that is none of these. */
  static @Nullable String answer(JsonObject request, LibraryOperator operator) {
    return switch (request.text("command")) {
      case ADD ->
          added(
              operator.add(
                  request.text("source"), Wire.optional(request, "title"), paths(request)));
      case DISCOVER -> {
        JsonText json = new JsonText();
        write(operator.discover(request.text("library")), json);
        yield json.toString();
      }
      case LIST -> libraries(operator.list());
      case REMOVE -> Wire.text(Boolean.toString(operator.remove(request.text("library"))));
      case INDEX ->
          jobs(operator.index(request.text("library"), JacksonJson.texts(request, "versions")));
      case JOBS ->
          page(
              operator.jobs(
                  request.text("prefix"), states(request), (int) request.integer("limit")));
      case JOBS_BY_ID -> jobs(operator.jobs(JacksonJson.texts(request, "ids")));
      case CHANGE_JOB ->
          change(
              operator.change(
                  request.text("job"), LibraryOperator.JobWish.valueOf(request.text("wish"))));
      default -> null;
    };
  }

  private static Set<JobState> states(JsonObject request) {
    Set<JobState> states = EnumSet.noneOf(JobState.class);
    for (String name : JacksonJson.texts(request, "states")) {
      JobState state = JobState.parse(name);
      if (state == null) {
        throw new Operator.Failed("This server knows no state " + name + " of jobs.");
      }
      states.add(state);
    }
    return states;
  }

  private static void write(PathChoice paths, JsonText json) {
    texts(texts(json, "include", paths.include()), "exclude", paths.exclude());
  }

  private static @Nullable PathChoice paths(JsonObject given) {
    return given.kind("include") == JsonObject.Kind.ARRAY
        ? new PathChoice(JacksonJson.texts(given, "include"), JacksonJson.texts(given, "exclude"))
        : null;
  }

  static void write(Library library, JsonText json) {
    json.beginObject().name("id").value(library.id()).name("source").value(library.source());
    json.name("title").value(library.title()).name("createdAt").value(library.createdAt());
    number(json, "discoveredAt", library.discoveredAt());
    write(library.paths(), json);
    json.name("versions").beginArray();
    for (LibraryVersion version : library.versions()) {
      json.beginObject().name("name").value(version.name()).name("commit").value(version.commit());
      json.name("committedAt").value(version.committedAt());
      json.name("state").value(version.state().name());
      number(json, "files", version.files());
      number(json, "snippets", version.snippets());
      number(json, "indexedAt", version.indexedAt());
      json.endObject();
    }
    json.endArray().endObject();
  }

  static Library library(JsonObject given) {
    PathChoice paths = paths(given);
    return new Library(
        given.text("id"),
        given.text("source"),
        given.text("title"),
        paths == null ? PathChoice.ALL : paths,
        given.integer("createdAt"),
        number(given, "discoveredAt"),
        given.objects("versions").stream()
            .map(version ->
                new LibraryVersion(
                    version.text("name"),
                    version.text("commit"),
                    version.integer("committedAt"),
                    LibraryVersion.State.valueOf(version.text("state")),
                    small(version, "files"),
                    small(version, "snippets"),
                    number(version, "indexedAt")))
            .toList());
  }

  static String added(LibraryOperator.Added added) {
    JsonText json = new JsonText().beginObject().name("isNew").value(added.isNew());
    write(added.library(), json.name("library"));
    return json.endObject().toString();
  }

  static LibraryOperator.Added added(JsonObject reply) {
    return new LibraryOperator.Added(library(reply.object("library")), reply.bool("isNew"));
  }

  static String libraries(List<Library> libraries) {
    JsonText json = new JsonText().beginObject().name("libraries").beginArray();
    libraries.forEach(library -> write(library, json));
    return json.endArray().endObject().toString();
  }

  static List<Library> libraries(JsonObject reply) {
    return reply.objects("libraries").stream().map(IndexWire::library).toList();
  }

  private static void write(Job job, JsonText json) {
    json.beginObject().name("id").value(job.id()).name("library").value(job.library());
    json.name("version").value(job.version()).name("state").value(job.state().text());
    json.name("stage").value(job.stage()).name("filesTotal").value(job.filesTotal());
    json.name("filesDone").value(job.filesDone()).name("filesSkipped").value(job.filesSkipped());
    json.name("snippets").value(job.snippets()).name("reused").value(job.snippetsReused());
    json.name("attempts").value(job.attempts());
    Wire.optional(json, "error", job.error());
    number(json, "worker", job.worker());
    json.name("createdAt").value(job.createdAt());
    number(json, "startedAt", job.startedAt());
    number(json, "finishedAt", job.finishedAt());
    json.endObject();
  }

  private static Job job(JsonObject given) {
    JobState state = JobState.parse(given.text("state"));
    if (state == null) {
      throw new Operator.Failed("The server knows other states of jobs; use the same build.");
    }
    return new Job(
        given.text("id"),
        given.text("library"),
        given.text("version"),
        state,
        given.text("stage"),
        given.integer("filesTotal"),
        given.integer("filesDone"),
        given.integer("filesSkipped"),
        given.integer("snippets"),
        given.integer("reused"),
        (int) given.integer("attempts"),
        Wire.optional(given, "error"),
        small(given, "worker"),
        given.integer("createdAt"),
        number(given, "startedAt"),
        number(given, "finishedAt"));
  }

  static String page(JobPage page) {
    JsonText json = new JsonText().beginObject().name("total").value(page.total());
    json.name("jobs").beginArray();
    page.jobs().forEach(job -> write(job, json));
    return json.endArray().endObject().toString();
  }

  static JobPage page(JsonObject reply) {
    return new JobPage(
        reply.objects("jobs").stream().map(IndexWire::job).toList(), reply.integer("total"));
  }

  static String jobs(List<Job> jobs) {
    return page(new JobPage(jobs, jobs.size()));
  }

  static String change(JobChange change) {
    JsonText json = new JsonText().beginObject();
    switch (change) {
      case JobChange.Accepted accepted -> write(accepted.job(), json.name("job"));
      case JobChange.Refused refused -> {
        write(refused.job(), json.name("job"));
        json.name("why").value(refused.why());
      }
      case JobChange.Missing missing -> json.name("missing").value(true);
    }
    return json.endObject().toString();
  }

  static JobChange change(JsonObject reply) {
    if (reply.kind("job") != JsonObject.Kind.OBJECT) {
      return new JobChange.Missing();
    }
    Job job = job(reply.object("job"));
    String why = Wire.optional(reply, "why");
    return why == null ? new JobChange.Accepted(job) : new JobChange.Refused(job, why);
  }

  private static JsonText texts(JsonText json, String name, List<String> texts) {
    json.name(name).beginArray();
    texts.forEach(json::value);
    return json.endArray();
  }

  private static void number(JsonText json, String name, @Nullable Number value) {
    if (value != null) {
      json.name(name).value(value.longValue());
    }
  }

  private static @Nullable Long number(JsonObject given, String name) {
    return given.kind(name) == JsonObject.Kind.INTEGER ? given.integer(name) : null;
  }

  private static @Nullable Integer small(JsonObject given, String name) {
    Long value = number(given, name);
    return value == null ? null : value.intValue();
  }
}
