package dev.tidemark.server.http;

import dev.tidemark.protocol.codec.Protocol;
import dev.tidemark.protocol.json.JsonText;
import dev.tidemark.server.account.Credential;
import dev.tidemark.server.http.Authentication.Principal;
import dev.tidemark.server.jobs.Job;
import dev.tidemark.server.jobs.JobFeed;
import dev.tidemark.server.jobs.JobListener;
import dev.tidemark.server.jobs.JobQueue;
import dev.tidemark.server.jobs.JobState;
import dev.tidemark.server.jobs.WorkerStatus;
import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/jobs/stream} and {@code /api/v1/jobs/{id}/stream}: jobs and workers as they
 * change. Each stream stays on its request's virtual thread and may block there; its mailbox keeps
 * the latest state of each job, so a slow reader gets fewer events, not older ones.
 */
final class JobStreams {
  private static final long KEEP_ALIVE_MILLIS = Protocol.KEEP_ALIVE_MILLIS * 2L / 3;
  private static final byte[] COMMENT = utf8(":\n\n");

  private final Authentication authentication;
  private final JobQueue jobs;
  private final JobFeed feed;
  private final Supplier<List<WorkerStatus>> workers;
  private final JobJson json;
  private final Map<JobListener, Credential> open = new ConcurrentHashMap<>();

  JobStreams(
      Authentication authentication,
      JobQueue jobs,
      JobFeed feed,
      Supplier<List<WorkerStatus>> workers,
      JobJson json) {
    this.authentication = authentication;
    this.jobs = jobs;
    this.feed = feed;
    this.workers = workers;
    this.json = json;
  }

  void all(Context context) {
    Principal principal = authentication.requireAdmin(context);
    Query.allowOnly(context, Set.of());
    try (JobListener listener = listen(null)) {
      listener.offerWorkers(); // the first event says how they stand
      run(context, principal, listener, false);
    }
  }

  void one(Context context) {
    Principal principal = authentication.requireAdmin(context);
    Query.allowOnly(context, Set.of());
    String id = context.pathParam("id");
    try (JobListener listener = listen(id)) {
      if (!jobs.show(id, listener)) {
        throw JobRoutes.noSuchJob();
      }
      run(context, principal, listener, true);
    }
  }

  private JobListener listen(@Nullable String job) {
    JobListener listener = feed.listen(job);
    if (listener == null) {
      throw NoStream.problem(feed.isClosed());
    }
    return listener;
  }

  /** Ends the streams that a session had opened. */
  void endStreamsOf(Credential credential) {
    open.forEach((listener, owner) -> {
      if (owner.equals(credential)) {
        listener.end();
      }
    });
  }

  private void run(Context context, Principal principal, JobListener listener, boolean single) {
    HttpServletResponse response = context.res();
    response.setStatus(200);
    response.setContentType("text/event-stream");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Accel-Buffering", "no");
    open.put(listener, principal.credential());
    try {
      ServletOutputStream out = response.getOutputStream();
      out.write(COMMENT);
      boolean more = true;
      while (more) {
        out.flush();
        JobListener.News news = listener.take(KEEP_ALIVE_MILLIS);
        if (news.isEmpty()) {
          more = authentication.isSignedIn(principal);
          out.write(COMMENT);
        } else {
          more = !write(news, single, out) && !news.ended();
        }
      }
      out.flush();
    } catch (IOException e) {
      return; // the reader is gone: nobody is left to tell
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server stops
    } finally {
      open.remove(listener);
    }
  }

  /** True when a stream of a single job is over. */
  private boolean write(JobListener.News news, boolean single, ServletOutputStream out)
      throws IOException {
    for (Job job : news.jobs()) {
      JsonText data = new JsonText();
      json.write(job, data);
      out.write(frame("job-progress", data));
      if (single && job.state().isFinished()) {
        out.write(job.state() == JobState.DONE ? frame("job-done", data) : failed(job));
        return true;
      }
    }
    if (news.workers()) {
      out.write(frame("worker-status", JobJson.workers(workers.get())));
    }
    return false;
  }

  private static byte[] failed(Job job) {
    String error = job.error();
    JsonText data = new JsonText().beginObject();
    data.name("error").value(error == null ? "The job was cancelled." : error);
    return frame("job-failed", data.endObject());
  }

  private static byte[] frame(String event, JsonText data) {
    return utf8("event: " + event + "\ndata: " + data + "\n\n");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
