package dev.tidemark.server.http;

import dev.tidemark.protocol.codec.ProblemCode;
import dev.tidemark.protocol.json.JsonText;
import dev.tidemark.server.jobs.Job;
import dev.tidemark.server.jobs.JobChange;
import dev.tidemark.server.jobs.JobPage;
import dev.tidemark.server.jobs.JobQueue;
import dev.tidemark.server.jobs.JobState;
import dev.tidemark.server.jobs.WorkerStatus;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** {@code /api/v1/jobs} and {@code /api/v1/workers}, for administrators. */
final class JobRoutes {
  private static final int DEFAULT_PAGE_SIZE = 50;
  private static final int MAX_PAGE_SIZE = 200;
  private static final int MAX_PAGE = 1_000_000;
  private static final int MAX_PREFIX_CHARACTERS = 64;

  private final Authentication authentication;
  private final JobQueue jobs;
  private final Supplier<List<WorkerStatus>> workers;
  private final JobJson json;

  JobRoutes(
      Authentication authentication,
      JobQueue jobs,
      Supplier<List<WorkerStatus>> workers,
      JobJson json) {
    this.authentication = authentication;
    this.jobs = jobs;
    this.workers = workers;
    this.json = json;
  }

  void list(Context context) {
    authentication.requireAdmin(context);
    Query.allowOnly(
        context, Set.of("repositoryId", "status", "page", "pageSize"), Set.of("status"));
    String prefix = Query.text(context, "repositoryId", MAX_PREFIX_CHARACTERS);
    Set<JobState> states = states(context);
    int page = (int) Query.integer(context, "page", 1, 1, MAX_PAGE);
    int pageSize = (int) Query.integer(context, "pageSize", DEFAULT_PAGE_SIZE, 1, MAX_PAGE_SIZE);
    JobPage found = jobs.page(prefix, states, page, pageSize);
    JsonText answer = new JsonText(new StringBuilder(256 + 400 * found.jobs().size()));
    answer.beginObject().name("jobs");
    json.writeAll(found.jobs(), answer);
    answer.name("total").value(found.total());
    answer.name("page").value(page).name("pageSize").value(pageSize).endObject();
    Responses.json(context, 200, answer);
  }

  /** {@code status=a,b}, also given several times; empty when it is not given at all. */
  private static Set<JobState> states(Context context) {
    Set<JobState> states = EnumSet.noneOf(JobState.class);
    for (String list : context.queryParams("status")) {
      for (String name : list.split(",", -1)) {
        JobState state = JobState.parse(name);
        if (state == null) {
          throw Problem.invalid(
              "Valid values of status are "
                  + Arrays.stream(JobState.values())
                      .map(JobState::text)
                      .collect(Collectors.joining(", "))
                  + ", joined by commas.");
        }
        states.add(state);
      }
    }
    return states;
  }

  void show(Context context) {
    authentication.requireAdmin(context);
    Query.allowOnly(context, Set.of());
    Job job = jobs.find(context.pathParam("id"));
    if (job == null) {
      throw noSuchJob();
    }
    answer(context, job);
  }

  void pause(Context context) {
    change(context, jobs::pause);
  }

  void resume(Context context) {
    change(context, jobs::resume);
  }

  void cancel(Context context) {
    change(context, jobs::cancel);
  }

  private void change(Context context, Function<String, JobChange> wish) {
    authentication.requireAdmin(context);
    Query.allowOnly(context, Set.of());
    switch (wish.apply(context.pathParam("id"))) {
      case JobChange.Accepted accepted -> answer(context, accepted.job());
      case JobChange.Refused refused -> throw new Problem(ProblemCode.JOB_STATE, refused.why());
      case JobChange.Missing missing -> throw noSuchJob();
    }
  }

  private void answer(Context context, Job job) {
    JsonText answer = new JsonText().beginObject().name("job");
    json.write(job, answer);
    Responses.json(context, 200, answer.endObject());
  }

  void workers(Context context) {
    authentication.requireAdmin(context);
    Query.allowOnly(context, Set.of());
    Responses.json(context, 200, JobJson.workers(workers.get()));
  }

  static Problem noSuchJob() {
    return new Problem(ProblemCode.NOT_FOUND, "There is no such job.");
  }
}
