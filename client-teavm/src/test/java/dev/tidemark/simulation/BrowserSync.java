package dev.tidemark.simulation;

import dev.tidemark.client.outbox.PendingEvent;
import dev.tidemark.client.owner.Replica;
import dev.tidemark.client.owner.ReplicaException;
import dev.tidemark.client.sync.Answers;
import dev.tidemark.client.sync.Frame;
import dev.tidemark.client.sync.Placed;
import dev.tidemark.client.sync.Problem;
import dev.tidemark.client.sync.StreamMessage;
import dev.tidemark.client.sync.SyncEffect;
import dev.tidemark.client.sync.SyncInput;
import dev.tidemark.client.sync.SyncSession;
import dev.tidemark.protocol.codec.Cursor;
import dev.tidemark.protocol.codec.EventCodec;
import dev.tidemark.protocol.database.SqlException;
import dev.tidemark.protocol.json.JsonText;
import dev.tidemark.protocol.jvm.JacksonJson;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what the product's {@link SyncSession} decides, over the modelled network and the
 * product's {@link Replica}: what {@code HttpSync} and the owner do in a browser. Belongs to one
 * process; every callback runs through {@code guard}, which drops those of a dead one.
 */
final class BrowserSync {
  private static final long RETRY_MILLIS = 500;

  private final World world;
  private final ServerModel server;
  private final Network network;
  private final String user;
  private final Replica replica;
  private final Host host;
  private final SyncSession session;
  private final Deque<SyncInput> inbox = new ArrayDeque<>();
  private final Map<Integer, Network.Call> posts = new HashMap<>();
  private Network.@Nullable Call stream;
  private boolean draining;
  private boolean outboxIsStale;
  private boolean online;
  private long wakeups;

  /** The process that all of this lives in. */
  interface Host {
    /** Runs the action if the process is still alive, and buries it when it dies of it. */
    void guard(Runnable action);

    /** The server has this event of ours. */
    void accepted(String space, Placed placed);

    /** Everything of a space has gone, with its waiting events. */
    void dropping(String space);
  }

  BrowserSync(
      World world, ServerModel server, Network network, String user, Replica replica, Host host) {
    this.world = world;
    this.server = server;
    this.network = network;
    this.user = user;
    this.replica = replica;
    this.host = host;
    this.session = new SyncSession(JacksonJson::parse, () -> world.dice().below(1000) / 1000.0);
  }

  void start() {
    give(new SyncInput.OutboxChanged(pending()));
    give(new SyncInput.Started(replica.cursor().toString()));
  }

  /** The process died: nothing of it is heard any more. */
  void die() {
    posts.values().forEach(Network.Call::abort);
    closeStream();
  }

  boolean isOnline() {
    return online;
  }

  void hint() {
    give(new SyncInput.Hint(true, true));
  }

  void added(PendingEvent event) {
    give(new SyncInput.OutboxAdded(waiting(event)));
  }

  void outboxChanged() {
    give(new SyncInput.OutboxChanged(pending()));
  }

  private List<dev.tidemark.client.sync.PendingEvent> pending() {
    return replica.outbox().stream()
        .filter(one -> !one.isRefused())
        .map(BrowserSync::waiting)
        .toList();
  }

  private static dev.tidemark.client.sync.PendingEvent waiting(PendingEvent one) {
    return new dev.tidemark.client.sync.PendingEvent(
        one.event().space(), one.event().id(), one.event().payload().length() + 200);
  }

  private void give(SyncInput input) {
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
          inbox.addFirst(new SyncInput.OutboxChanged(pending()));
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
      case SyncEffect.Accepted accepted ->
          accepted.placed().forEach(placed -> host.accepted(accepted.space(), placed));
      case SyncEffect.Refuse refuse -> refuse(refuse);
      case SyncEffect.HistoryChanged changed ->
          throw new Violation("I7", "history changed though nobody restored a backup");
      case SyncEffect.ReportStatus status -> online = status.online();
      case SyncEffect.WakeAt wake -> wakeAt(wake.millis());
    }
  }

  private void wakeAt(long millis) {
    long mine = ++wakeups;
    world.after(
        Math.max(0, millis - world.nowMillis()),
        "tick of " + user,
        () -> {
          if (mine == wakeups) {
            host.guard(() -> give(new SyncInput.Tick()));
          }
        });
  }

  private void refuse(SyncEffect.Refuse refuse) {
    try {
      replica.refuse(refuse.space(), refuse.eventId(), refuse.code(), refuse.detail());
      outboxIsStale = true;
    } catch (SqlException e) {
      world.after(
          RETRY_MILLIS,
          "refuse again",
          () ->
              host.guard(() -> {
                refuse(refuse);
                if (outboxIsStale) {
                  outboxIsStale = false;
                  outboxChanged();
                }
              }));
    }
  }

  /** Now and then in a task of its own, as the owner does to let queries in between. */
  private void apply(StreamMessage message) {
    if (world.dice().chance(500)) {
      world.after(1, "apply to " + message.space(), () -> host.guard(() -> give(applied(message))));
    } else {
      inbox.addLast(applied(message));
    }
  }

  private SyncInput applied(StreamMessage message) {
    try {
      switch (message) {
        case StreamMessage.Events e -> {
          Cursor.Mark mark = Cursor.parse(e.cursor()).marks().get(e.space());
          replica.apply(e.space(), e.events(), mark == null ? null : mark.hash());
        }
        case StreamMessage.SpaceChanged e ->
            replica.putSpace(e.space(), e.name(), e.role().wire(), e.head(), e.personal());
        case StreamMessage.Revoked e -> {
          host.dropping(e.space());
          replica.dropSpace(e.space());
        }
      }
    } catch (SqlException | ReplicaException e) {
      return new SyncInput.ApplyFailed(String.valueOf(e.getMessage()));
    }
    return new SyncInput.Applied(replica.cursor().toString());
  }

  private void openStream(String cursor) {
    stream =
        network.openStream(
            user,
            cursor,
            new Network.StreamCaller() {
              @Override
              public void opened() {
                host.guard(() -> give(new SyncInput.StreamOpened()));
              }

              @Override
              public void refused(Answer answer) {
                host.guard(() -> give(streamRefused(answer)));
              }

              @Override
              public void chunk(List<Frame> frames) {
                host.guard(() -> give(new SyncInput.ChunkArrived(frames)));
              }

              @Override
              public void broken(String reason) {
                host.guard(() -> give(new SyncInput.StreamEnded(reason)));
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
        network.request(
            "list of " + user,
            () -> server.list(user),
            new Network.Caller() {
              @Override
              public void answered(Answer answer) {
                Set<String> spaces = Answers.spaces(answer.body(), JacksonJson::parse);
                host.guard(() ->
                    give(
                        spaces == null
                            ? streamRefused(answer)
                            : new SyncInput.SpacesListed(spaces)));
              }

              @Override
              public void failed(String reason) {
                host.guard(() -> give(new SyncInput.StreamEnded(reason)));
              }
            });
  }

  private void post(SyncEffect.Post post) {
    int requestId = post.requestId();
    JsonText body = new JsonText().beginObject().name("events").beginArray();
    for (String id : post.ids()) {
      Replica.Outcome outcome = replica.outcome(post.space(), id);
      if (outcome instanceof Replica.Outcome.Pending) {
        replica.outbox().stream()
            .filter(one -> one.event().space().equals(post.space()) && one.event().id().equals(id))
            .forEach(one -> EventCodec.writeNew(one.event(), body));
      } else {
        outboxIsStale = true;
      }
    }
    if (outboxIsStale) {
      give(new SyncInput.PostFailed(requestId, "The outbox changed."));
      return;
    }
    String text = body.endArray().endObject().toString();
    posts.put(
        requestId,
        network.request(
            "post of " + user + " to " + post.space() + " " + post.ids(),
            () -> server.append(user, post.space(), text),
            new Network.Caller() {
              @Override
              public void answered(Answer answer) {
                host.guard(() -> {
                  posts.remove(requestId);
                  give(postAnswered(requestId, answer));
                });
              }

              @Override
              public void failed(String reason) {
                host.guard(() -> {
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
