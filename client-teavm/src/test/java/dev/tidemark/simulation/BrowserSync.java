package dev.tidemark.simulation;

import dev.tidemark.client.sync.Answers;
import dev.tidemark.client.sync.Frame;
import dev.tidemark.client.sync.PendingEvent;
import dev.tidemark.client.sync.Placed;
import dev.tidemark.client.sync.Problem;
import dev.tidemark.client.sync.StreamMessage;
import dev.tidemark.client.sync.SyncEffect;
import dev.tidemark.client.sync.SyncInput;
import dev.tidemark.client.sync.SyncSession;
import dev.tidemark.client.sync.SyncTarget;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.jvm.JacksonJson;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what the product's {@link SyncSession} decides, over the modelled network and the
 * product's {@code OwnerSync}: what {@code HttpSync} does in a browser. Lives in its worker's
 * context.
 */
final class BrowserSync {
  private final World world;
  private final ServerModel server;
  private final Browser browser;
  private final SyncTarget target;
  private final Context context;
  private final SyncSession session;
  private final Deque<SyncInput> inbox = new ArrayDeque<>();
  private final Map<Integer, Network.Call> posts = new HashMap<>();
  private Network.@Nullable Call stream;
  private boolean draining;
  private boolean outboxIsStale;
  private boolean online;
  private long wakeups;

  BrowserSync(
      World world, ServerModel server, Browser browser, SyncTarget target, Context context) {
    this.world = world;
    this.server = server;
    this.browser = browser;
    this.target = target;
    this.context = context;
    this.session = new SyncSession(JacksonJson::parse, () -> world.dice().below(1000) / 1000.0);
    context.onDeath(this::die);
  }

  void start() {
    give(new SyncInput.OutboxChanged(target.pending()));
    give(new SyncInput.Started(target.cursor()));
  }

  private void die() {
    posts.values().forEach(Network.Call::abort);
    closeStream();
  }

  boolean isOnline() {
    return online;
  }

  void hint() {
    give(new SyncInput.Hint(true, true));
  }

  /** What {@code OwnerSync} makes of an entry of the outbox. */
  static PendingEvent outgoing(dev.tidemark.client.outbox.PendingEvent entry) {
    return new PendingEvent(
        entry.event().space(), entry.event().id(), entry.event().payload().length() * 3 + 300);
  }

  void added(PendingEvent event) {
    give(new SyncInput.OutboxAdded(event));
  }

  private void give(SyncInput input) {
    browser.touch();
    inbox.add(input);
    if (draining) {
      return;
    }
    draining = true;
    try {
      for (SyncInput next = inbox.poll(); next != null; next = inbox.poll()) {
        session.next(next, world.nowMillis()).forEach(this::carryOut);
        if (outboxIsStale) {
          outboxIsStale = false;
          inbox.addFirst(new SyncInput.OutboxChanged(target.pending()));
        }
      }
    } finally {
      draining = false;
    }
  }

  private void carryOut(SyncEffect effect) {
    switch (effect) {
      case SyncEffect.OpenStream open -> openStream(open.cursor());
      case SyncEffect.CloseStream close -> closeStream();
      case SyncEffect.ListSpaces list -> listSpaces();
      case SyncEffect.Post post -> post(post);
      case SyncEffect.AbortPost abort -> {
        Network.Call call = posts.remove(abort.requestId());
        if (call != null) {
          call.abort();
        }
      }
      case SyncEffect.Apply apply -> apply(apply.message());
      case SyncEffect.Accepted accepted -> {
        accepted.placed().forEach(placed -> requireLogged(accepted.space(), placed));
        target.accepted(accepted.space(), accepted.placed());
      }
      case SyncEffect.Refuse refuse -> {
        target.refused(refuse.space(), refuse.eventId(), refuse.code(), refuse.detail());
        outboxIsStale = true;
      }
      case SyncEffect.HistoryChanged changed -> {
        if (server.restores() == 0) {
          throw new Violation("I7", "history changed though nobody restored a backup");
        }
        world.struck(Fault.HISTORY_CHANGED);
        browser.startingOver();
        target.historyChanged(changed.space(), changed.detail(), this::start);
      }
      case SyncEffect.ReportStatus status -> {
        online = status.online();
        target.status(status.online(), status.code(), status.detail());
      }
      case SyncEffect.WakeAt wake -> wakeAt(wake.millis());
    }
  }

  /** I1 on the server's side: what it acknowledged is in its log. */
  private void requireLogged(String space, Placed placed) {
    if (server.restores() > 0) {
      // The answer may be older than the backup that was restored since.
      return;
    }
    Event event = server.space(space).find(placed.id());
    if (event == null || event.position() != placed.position()) {
      throw new Violation("I1", placed + " was acknowledged, the log has " + event);
    }
  }

  private void wakeAt(long millis) {
    long mine = ++wakeups;
    context.after(
        Math.max(0, millis - world.nowMillis()),
        "tick of " + context,
        () -> {
          if (mine == wakeups) {
            give(new SyncInput.Tick());
          }
        });
  }

  private void apply(StreamMessage message) {
    boolean[] used = new boolean[1];
    Runnable done =
        () -> {
          if (!used[0]) {
            used[0] = true;
            outboxIsStale |= message instanceof StreamMessage.Revoked;
            give(new SyncInput.Applied(target.cursor()));
          }
        };
    Consumer<String> failed =
        reason -> {
          if (!used[0]) {
            used[0] = true;
            give(new SyncInput.ApplyFailed(reason));
          }
        };
    try {
      if (message instanceof StreamMessage.Revoked) {
        browser.dropping(message.space());
      }
      target.apply(message, done, failed);
    } catch (Violation e) {
      throw e;
    } catch (RuntimeException e) {
      failed.accept(String.valueOf(e));
    }
  }

  private void openStream(String cursor) {
    stream =
        browser
            .network()
            .openStream(
                browser.user(),
                cursor,
                new Network.StreamCaller() {
                  @Override
                  public void opened() {
                    context.run(() -> give(new SyncInput.StreamOpened()));
                  }

                  @Override
                  public void refused(Answer answer) {
                    context.run(() -> give(streamRefused(answer)));
                  }

                  @Override
                  public void chunk(List<Frame> frames) {
                    context.run(() -> give(new SyncInput.ChunkArrived(frames)));
                  }

                  @Override
                  public void broken(String reason) {
                    context.run(() -> give(new SyncInput.StreamEnded(reason)));
                  }
                });
  }

  private void closeStream() {
    Network.Call call = stream;
    stream = null;
    if (call != null) {
      call.abort();
    }
  }

  private static SyncInput streamRefused(Answer answer) {
    return new SyncInput.StreamRefused(answer.status(), problem(answer));
  }

  private static Problem problem(Answer answer) {
    return Answers.problem(answer.status(), answer.body(), null, JacksonJson::parse);
  }

  private void listSpaces() {
    stream =
        browser
            .network()
            .request(
                "list of " + context,
                () -> server.list(browser.user()),
                new Network.Caller() {
                  @Override
                  public void answered(Answer answer) {
                    Set<String> spaces = Answers.spaces(answer.body(), JacksonJson::parse);
                    context.run(() ->
                        give(
                            spaces == null
                                ? streamRefused(answer)
                                : new SyncInput.SpacesListed(spaces)));
                  }

                  @Override
                  public void failed(String reason) {
                    context.run(() -> give(new SyncInput.StreamEnded(reason)));
                  }
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
    String text = body.append("]}").toString();
    posts.put(
        requestId,
        browser
            .network()
            .request(
                "post of " + context + " to " + post.space() + " " + post.ids(),
                () -> server.append(browser.user(), post.space(), text),
                new Network.Caller() {
                  @Override
                  public void answered(Answer answer) {
                    context.run(() -> {
                      posts.remove(requestId);
                      give(postAnswered(requestId, answer));
                    });
                  }

                  @Override
                  public void failed(String reason) {
                    context.run(() -> {
                      posts.remove(requestId);
                      give(new SyncInput.PostFailed(requestId, reason));
                    });
                  }
                }));
  }

  private static SyncInput postAnswered(int requestId, Answer answer) {
    if (answer.status() != 200) {
      return new SyncInput.PostAnswered(requestId, answer.status(), List.of(), problem(answer));
    }
    List<Placed> results = Answers.results(answer.body(), JacksonJson::parse);
    return results == null
        ? new SyncInput.PostFailed(requestId, "no answer of ours")
        : new SyncInput.PostAnswered(requestId, 200, results, null);
  }
}
