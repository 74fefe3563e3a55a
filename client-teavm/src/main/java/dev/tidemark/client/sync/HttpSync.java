package dev.tidemark.client.sync;

import dev.tidemark.client.browser.BrowserJsonObject;
import dev.tidemark.client.browser.Clocks;
import dev.tidemark.client.browser.CryptoRandom;
import dev.tidemark.client.browser.Http;
import dev.tidemark.client.browser.Timers;
import dev.tidemark.protocol.codec.Protocol;
import dev.tidemark.protocol.json.JsonParser;
import dev.tidemark.protocol.json.JsonText;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what a {@link SyncSession} decides, with the browser's fetch and timers. Inputs that
 * come while effects are carried out wait their turn: a target may call back at any time.
 */
public final class HttpSync {
  /** Longer cursors go in a body; addresses are limited on the way. */
  private static final int MAX_QUERY_CURSOR = 1500;

  /** The session gives up batches itself; this is only the last resort. */
  private static final int LAST_RESORT_MILLIS = 600_000;

  private static final int LONGEST_TIMER_MILLIS = 600_000;

  private final String baseUrl;
  private final SyncTarget target;
  private final JsonParser parser = BrowserJsonObject::parse;
  private final SyncSession session;
  private final Deque<SyncInput> inbox = new ArrayDeque<>();
  private final Map<Integer, Http.Call> posts = new HashMap<>();
  private Http.@Nullable Call stream;
  private boolean draining;
  private boolean outboxIsStale;
  private boolean paused;
  private int timer = -1;

  /**
   * @param baseUrl of the HTTP interface without a slash at its end, such as {@code /api/v1}
   */
  public HttpSync(String baseUrl, SyncTarget target) {
    this.baseUrl = baseUrl;
    this.target = target;
    CryptoRandom random = new CryptoRandom();
    this.session = new SyncSession(parser, () -> (random.nextInt() >>> 1) / 2147483648.0);
  }

  /** Begins, or begins anew after a rebuild of the replica. */
  public void start() {
    give(new SyncInput.OutboxChanged(target.pending()));
    give(new SyncInput.Started(target.cursor()));
  }

  /** Ends everything under way; no callback runs until the next start. */
  public void stop() {
    give(new SyncInput.Stopped());
  }

  /** Says what the browser thinks of its network, and whether a page can be seen. */
  public void hint(boolean online, boolean visible) {
    give(new SyncInput.Hint(online, visible));
  }

  /** An event was written to the end of the outbox, durably. */
  public void added(PendingEvent event) {
    give(new SyncInput.OutboxAdded(event));
  }

  /** The outbox changed in any other way than by an addition or by what was applied. */
  public void outboxChanged() {
    give(new SyncInput.OutboxChanged(target.pending()));
  }

  private void give(SyncInput input) {
    inbox.add(input);
    if (draining) {
      return;
    }
    draining = true;
    try {
      for (SyncInput next = inbox.poll(); next != null; next = inbox.poll()) {
        session.next(next, now()).forEach(this::carryOut);
        if (outboxIsStale) {
          outboxIsStale = false;
          inbox.addFirst(new SyncInput.OutboxChanged(target.pending()));
        }
      }
      pauseOrResume();
    } finally {
      draining = false;
    }
  }

  private void pauseOrResume() {
    boolean wanted = session.wantsPause();
    if (wanted != paused && stream instanceof Http.StreamCall open) {
      paused = wanted;
      open.pause(wanted);
    }
  }

  private static long now() {
    return (long) Clocks.elapsedMillis();
  }

  private void carryOut(SyncEffect effect) {
    switch (effect) {
      case SyncEffect.OpenStream open -> openStream(open.cursor());
      case SyncEffect.CloseStream close -> closeStream();
      case SyncEffect.ListSpaces list -> listSpaces();
      case SyncEffect.Post post -> post(post);
      case SyncEffect.AbortPost abort -> {
        Http.Call call = posts.remove(abort.requestId());
        if (call != null) {
          call.abort();
        }
      }
      case SyncEffect.Apply apply -> apply(apply.message());
      case SyncEffect.Accepted accepted -> target.accepted(accepted.space(), accepted.placed());
      case SyncEffect.Refuse refuse -> {
        target.refused(refuse.space(), refuse.eventId(), refuse.code(), refuse.detail());
        outboxIsStale = true;
      }
      case SyncEffect.HistoryChanged changed ->
          target.historyChanged(changed.space(), changed.detail(), this::start);
      case SyncEffect.ReportStatus status ->
          target.status(status.online(), status.code(), status.detail());
      case SyncEffect.WakeAt wake -> wakeAt(wake.millis());
    }
  }

  private void wakeAt(long millis) {
    if (timer >= 0) {
      Timers.cancel(timer);
    }
    int delay = (int) Math.max(0, Math.min(LONGEST_TIMER_MILLIS, millis - now() + 1));
    timer = Timers.after(delay, () -> give(new SyncInput.Tick()));
  }

  private void apply(StreamMessage message) {
    Once once = new Once();
    Runnable done =
        () -> {
          if (once.first()) {
            // What a page wrote into the space since it went is in no list that the session knows.
            outboxIsStale |= message instanceof StreamMessage.Revoked;
            give(new SyncInput.Applied(target.cursor()));
          }
        };
    Consumer<String> failed =
        reason -> {
          if (once.first()) {
            give(new SyncInput.ApplyFailed(reason));
          }
        };
    try {
      target.apply(message, done, failed);
    } catch (RuntimeException e) {
      // The replica rolled back; the session tries again later and shows why.
      failed.accept(String.valueOf(e));
    }
  }

  private static final class Once {
    private boolean used;

    boolean first() {
      boolean first = !used;
      used = true;
      return first;
    }
  }

  private void openStream(String cursor) {
    Listener listener = new Listener();
    paused = false;
    String url = baseUrl + "/stream";
    if (cursor.length() > MAX_QUERY_CURSOR) {
      String body =
          new JsonText().beginObject().name("cursor").value(cursor).endObject().toString();
      stream = Http.stream("POST", url, headers(true), body, listener);
    } else {
      // A cursor holds no character that a query would have to escape.
      String query = cursor.isEmpty() ? "" : "?cursor=" + cursor;
      stream = Http.stream("GET", url + query, headers(false), null, listener);
    }
  }

  private void closeStream() {
    Http.Call call = stream;
    stream = null;
    if (call != null) {
      call.abort();
    }
  }

  private void listSpaces() {
    stream =
        Http.request(
            "GET",
            baseUrl + "/spaces",
            headers(false),
            null,
            LAST_RESORT_MILLIS,
            response -> {
              stream = null;
              Set<String> spaces =
                  response.status() == 200 ? Answers.spaces(response.body(), parser) : null;
              if (spaces != null) {
                give(new SyncInput.SpacesListed(spaces));
              } else {
                give(new SyncInput.StreamRefused(response.status(), problem(response)));
              }
            },
            sentence -> {
              stream = null;
              give(new SyncInput.StreamEnded(sentence));
            });
  }

  private void post(SyncEffect.Post post) {
    int requestId = post.requestId();
    StringBuilder body = new StringBuilder("{\"events\":[");
    for (String id : post.ids()) {
      String json = target.pendingJson(post.space(), id);
      if (json == null) {
        outboxIsStale = true;
        give(new SyncInput.PostFailed(requestId, "The outbox changed."));
        return;
      }
      body.append(body.charAt(body.length() - 1) == '[' ? "" : ",").append(json);
    }
    Http.Call call =
        Http.request(
            "POST",
            baseUrl + "/spaces/" + post.space() + "/events",
            headers(true),
            body.append("]}").toString(),
            LAST_RESORT_MILLIS,
            response -> {
              posts.remove(requestId);
              give(answer(requestId, response));
            },
            sentence -> {
              posts.remove(requestId);
              give(new SyncInput.PostFailed(requestId, sentence));
            });
    posts.put(requestId, call);
  }

  private SyncInput answer(int requestId, Http.Response response) {
    if (response.status() != 200) {
      return new SyncInput.PostAnswered(requestId, response.status(), List.of(), problem(response));
    }
    List<Placed> results = Answers.results(response.body(), parser);
    return results == null
        ? new SyncInput.PostFailed(requestId, "The answer does not come from our server.")
        : new SyncInput.PostAnswered(requestId, 200, results, null);
  }

  private Problem problem(Http.Response response) {
    return Answers.problem(
        response.status(), response.body(), response.header("Retry-After"), parser);
  }

  private static String[] headers(boolean hasBody) {
    String version = String.valueOf(Protocol.VERSION);
    return hasBody
        ? new String[] {Protocol.VERSION_HEADER, version, "Content-Type", "application/json"}
        : new String[] {Protocol.VERSION_HEADER, version};
  }

  /** One stream's callbacks. */
  private final class Listener implements Http.StreamListener {
    private final EventStreamParser frames = new EventStreamParser();
    private Http.@Nullable Response refusal;
    private String refusalBody = "";

    @Override
    public void opened(Http.Response head) {
      String type = head.header("Content-Type");
      if (head.status() != 200) {
        refusal = head;
      } else if (type != null && type.startsWith("text/event-stream")) {
        give(new SyncInput.StreamOpened());
      } else {
        closeStream();
        give(new SyncInput.StreamEnded("The answer is no event stream."));
      }
    }

    @Override
    public void chunk(String text) {
      if (refusal != null) {
        refusalBody = refusalBody + text;
        return;
      }
      try {
        give(new SyncInput.ChunkArrived(frames.feed(text)));
      } catch (FrameException e) {
        closeStream();
        give(new SyncInput.StreamEnded(e.sentence()));
      }
    }

    @Override
    public void ended() {
      stream = null;
      Http.Response head = refusal;
      if (head == null) {
        give(new SyncInput.StreamEnded("The server closed the stream."));
      } else {
        Problem problem =
            Answers.problem(head.status(), refusalBody, head.header("Retry-After"), parser);
        give(new SyncInput.StreamRefused(head.status(), problem));
      }
    }

    @Override
    public void failed(String sentence) {
      stream = null;
      give(new SyncInput.StreamEnded(sentence));
    }
  }
}
