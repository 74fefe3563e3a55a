package dev.tidemark.client.sync;

import dev.tidemark.protocol.codec.ProblemCode;
import dev.tidemark.protocol.json.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides how one replica keeps in step with the server: an input and a clock reading in, effects
 * out. Pure but for its own state; the same inputs, readings and random numbers give the same
 * effects. See {@link StreamLink} and {@link UploadLane} for the invariants it keeps.
 *
 * <table>
 *   <caption>What it is doing, and what changes that</caption>
 *   <tr><td>stopped</td><td>Started -> running; Hint with good news -> running after 401</td></tr>
 *   <tr><td>running</td><td>401 on anything, history-changed, Stopped -> stopped</td></tr>
 * </table>
 *
 * <p>Weaknesses: the silence of a black-holed connection is measured by the given clock, which may
 * stand still while the device sleeps, so that it can take {@link StreamLink#SILENCE_MILLIS} after
 * waking up. A batch that was given up may still reach the server later; that is harmless for order
 * and count, but an event can be confirmed that was refused in another batch meanwhile.
 */
public final class SyncSession {
  private static final String APPLY_FAILED = "apply-failed";

  private final StreamLink stream;
  private final Uploads uploads;
  private boolean running;
  private boolean resumable;
  private @Nullable Problem streamProblem;
  private boolean reported;
  private boolean reportedOnline;
  private @Nullable String reportedCode;
  private @Nullable String reportedDetail;
  private long wakeAt = Long.MAX_VALUE;

  /**
   * @param random numbers from 0 to 1, 1 excluded; only spreads retries
   */
  public SyncSession(JsonParser parser, DoubleSupplier random) {
    stream = new StreamLink(parser, random);
    uploads = new Uploads(random);
  }

  /**
   * Takes one input.
   *
   * @param nowMillis reading of a clock that never goes back
   * @return what to do now, in this order
   */
  public List<SyncEffect> next(SyncInput input, long nowMillis) {
    List<SyncEffect> out = new ArrayList<>();
    take(input, nowMillis, out);
    if (running) {
      stream.proceed(nowMillis, uploads.spaces(), out);
      uploads.proceed(nowMillis, out);
    }
    report(out);
    wake(nowMillis, out);
    return out;
  }

  /**
   * Whether reading from the stream should pause, because the replica has enough to apply. Ask
   * after every input. A stream that cannot pause is closed when too much is queued.
   */
  public boolean wantsPause() {
    return stream.isOpen() && stream.hasEnough();
  }

  private void take(SyncInput input, long now, List<SyncEffect> out) {
    switch (input) {
      case SyncInput.Started started -> start(started.cursor(), now, out);
      case SyncInput.Stopped stopped -> stop(null, false, out);
      case SyncInput.Hint hint -> hint(hint, now, out);
      case SyncInput.StreamOpened opened -> streamOpened(now);
      case SyncInput.StreamRefused refused -> streamRefused(refused, now, out);
      case SyncInput.ChunkArrived chunk -> chunk(chunk, now, out);
      case SyncInput.StreamEnded ended -> stream.ended(now);
      case SyncInput.SpacesListed listed -> stream.spacesListed(listed.spaces(), now);
      case SyncInput.Applied applied -> applied(applied.cursor());
      case SyncInput.ApplyFailed failed -> {
        streamProblem = Problem.of(APPLY_FAILED, failed.reason());
        stream.applyFailed(now, out);
      }
      case SyncInput.OutboxChanged changed -> uploads.outboxChanged(changed.pending());
      case SyncInput.OutboxAdded added -> {
        uploads.added(added.event());
        if (streamProblem != null && APPLY_FAILED.equals(streamProblem.code())) {
          // What a page wrote found room: what the server sends may find it too.
          stream.hint(now, out);
        }
      }
      case SyncInput.PostAnswered answered -> postAnswered(answered, now, out);
      case SyncInput.PostFailed failed -> uploads.failed(failed.requestId(), now);
      // Timers may fire early: whatever was asked for is asked for again.
      case SyncInput.Tick tick -> wakeAt = Long.MAX_VALUE;
    }
  }

  private void start(String cursor, long now, List<SyncEffect> out) {
    running = true;
    resumable = false;
    streamProblem = null;
    uploads.stop(out);
    uploads.hint(now);
    stream.start(cursor, now, out);
  }

  private void stop(@Nullable Problem why, boolean canResume, List<SyncEffect> out) {
    running = false;
    resumable = canResume;
    streamProblem = why;
    stream.stop(out);
    uploads.stop(out);
  }

  private void hint(SyncInput.Hint hint, long now, List<SyncEffect> out) {
    if (!hint.online() && !hint.visible()) {
      return;
    }
    if (!running && resumable) {
      running = true;
      resumable = false;
    }
    if (running) {
      stream.hint(now, out);
      uploads.hint(now);
    }
  }

  private void streamOpened(long now) {
    stream.opened(now);
    if (stream.isOpen()) {
      streamProblem = null;
      uploads.streamOpened(now);
    }
  }

  private void streamRefused(SyncInput.StreamRefused refused, long now, List<SyncEffect> out) {
    if (!running) {
      return;
    }
    Problem problem = refused.problem();
    String space = problem.space();
    if (refused.status() == ProblemCode.NOT_SIGNED_IN.status()) {
      signedOut(problem, out);
    } else if (problem.is(ProblemCode.HISTORY_CHANGED)) {
      historyChanged(problem, out);
    } else if (problem.is(ProblemCode.NOT_FOUND) && !stream.isListing()) {
      if (space != null && stream.cursorNames(space)) {
        stream.spaceLost(space, now);
      } else {
        stream.listSpaces(now, out);
      }
    } else {
      streamProblem = problem.code() == null ? null : problem;
      stream.refused(now, problem.retryAfterMillis());
    }
  }

  private void chunk(SyncInput.ChunkArrived chunk, long now, List<SyncEffect> out) {
    String why = stream.chunk(chunk.frames(), now, out);
    if (why != null) {
      streamProblem = Problem.of("bad-stream", why);
    }
  }

  private void applied(String cursor) {
    StreamMessage message = stream.applied(cursor);
    if (message != null) {
      uploads.applied(message);
    }
  }

  private void postAnswered(SyncInput.PostAnswered answered, long now, List<SyncEffect> out) {
    Problem problem = answered.problem();
    if (answered.status() == 200) {
      uploads.accepted(answered.requestId(), answered.results(), now, out);
    } else if (problem == null) {
      uploads.failed(answered.requestId(), now);
    } else if (answered.status() == ProblemCode.NOT_SIGNED_IN.status()) {
      signedOut(problem, out);
    } else if (problem.is(ProblemCode.HISTORY_CHANGED)) {
      historyChanged(problem, out);
    } else {
      uploads.refused(answered.requestId(), answered.status(), problem, now, out);
    }
  }

  private void signedOut(Problem problem, List<SyncEffect> out) {
    stop(Problem.of(ProblemCode.NOT_SIGNED_IN.code(), problem.detail()), true, out);
  }

  private void historyChanged(Problem problem, List<SyncEffect> out) {
    stop(problem, false, out);
    out.add(new SyncEffect.HistoryChanged(problem.space(), problem.detail()));
  }

  private void report(List<SyncEffect> out) {
    boolean online = stream.isOnline();
    Problem problem = streamProblem != null ? streamProblem : uploads.problem();
    String code = problem == null ? null : problem.code();
    String detail = problem == null ? null : problem.detail();
    boolean same =
        reported
            && online == reportedOnline
            && Objects.equals(code, reportedCode)
            && Objects.equals(detail, reportedDetail);
    if (!same) {
      reported = true;
      reportedOnline = online;
      reportedCode = code;
      reportedDetail = detail;
      out.add(new SyncEffect.ReportStatus(online, code, detail));
    }
  }

  /** Asks for a tick only when the one asked for would come too late. */
  private void wake(long now, List<SyncEffect> out) {
    if (wakeAt <= now) {
      wakeAt = Long.MAX_VALUE;
    }
    long due = running ? Math.min(stream.dueAt(), uploads.dueAt()) : Long.MAX_VALUE;
    if (due < wakeAt) {
      wakeAt = Math.max(due, now + 1);
      out.add(new SyncEffect.WakeAt(wakeAt));
    }
  }
}
