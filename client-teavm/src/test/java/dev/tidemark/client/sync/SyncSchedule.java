package dev.tidemark.client.sync;

import dev.tidemark.protocol.codec.Cursor;
import dev.tidemark.protocol.codec.ProblemCode;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.jvm.JacksonJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One seeded schedule: a replica that writes, a server where others write too, and a network that
 * loses requests, loses replies after the commit, cuts streams in the middle of a character's line,
 * swallows everything, and refuses. Faults end at {@link #FAULTS_END_MILLIS}; everything runs in
 * virtual time.
 */
final class SyncSchedule {
  static final long FAULTS_END_MILLIS = 120_000;

  /** After the faults: a black-holed batch's longest deadline, backoff, and the work itself. */
  static final long SETTLED_MILLIS = FAULTS_END_MILLIS + 300_000;

  private final Random random;
  private final VirtualTime time = new VirtualTime();
  private final ModelServer server = new ModelServer();
  private final List<String> spaces = List.of("s1", "s2", "s3");

  // The replica: what survives a change of owner.
  private final Map<String, List<Event>> replica = new LinkedHashMap<>();
  private final Map<String, Long> positions = new LinkedHashMap<>();
  private final List<PendingEvent> outbox = new ArrayList<>();
  private final Map<String, List<String>> written = new HashMap<>();
  private final Set<String> refused = new HashSet<>();
  private final Set<String> acceptedIds = new HashSet<>();

  private SyncSession session;
  private int generation;
  private int connection;
  private final Set<Integer> aborted = new HashSet<>();
  private int applying;
  private int ids;
  private boolean online;

  /** Everything the session wanted, for comparing runs. */
  final StringBuilder trace = new StringBuilder();

  SyncSchedule(long seed) {
    random = new Random(seed);
    server.namesCulprits = random.nextInt(4) > 0;
    spaces.forEach(server::addSpace);
    session = newSession();
  }

  private SyncSession newSession() {
    return new SyncSession(JacksonJson::parse, random::nextDouble);
  }

  private boolean faulty() {
    return time.now() < FAULTS_END_MILLIS;
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  /** Runs the whole schedule; throws AssertionError with what is wrong. */
  void run() {
    startOwner();
    int writes = 20 + random.nextInt(150);
    for (int i = 0; i < writes; i++) {
      time.after(random.nextInt((int) FAULTS_END_MILLIS), this::write);
    }
    for (int i = 0; i < 40; i++) {
      time.after(random.nextInt((int) FAULTS_END_MILLIS), this::writeOfOthers);
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      time.after(random.nextInt((int) FAULTS_END_MILLIS), this::startOwner);
    }
    if (chance(20)) {
      // A week offline: much in the outbox at once.
      time.after(
          random.nextInt(60_000),
          () -> {
            for (int i = 0; i < 1_500; i++) {
              write();
            }
          });
    }
    while (time.step(SETTLED_MILLIS)) {
      check(applying <= 1, "one message is applied at a time");
    }
    checkEnd();
  }

  private void startOwner() {
    generation++;
    connection++;
    applying = 0;
    online = false;
    session = newSession();
    give(new SyncInput.OutboxChanged(outbox));
    give(new SyncInput.Started(cursor()));
  }

  private String cursor() {
    return ModelServer.cursor(positions);
  }

  private void write() {
    String space = spaces.get(random.nextInt(spaces.size()));
    String id = (chance(4) ? "bad" : "own") + ids++;
    PendingEvent event = new PendingEvent(space, id, 100 + random.nextInt(40_000));
    outbox.add(event);
    written.computeIfAbsent(space, s -> new ArrayList<>()).add(id);
    give(new SyncInput.OutboxAdded(event));
  }

  private void writeOfOthers() {
    String space = spaces.get(random.nextInt(spaces.size()));
    List<String> batch = new ArrayList<>();
    for (int i = random.nextInt(300); i >= 0; i--) {
      batch.add("other" + ids++);
    }
    server.append(space, batch, "other");
  }

  private void give(SyncInput input) {
    int owner = generation;
    for (SyncEffect effect : session.next(input, time.now())) {
      if (owner == generation) {
        trace.append(time.now()).append(' ').append(shortened(effect)).append('\n');
        carryOut(effect);
      }
    }
  }

  private static String shortened(SyncEffect effect) {
    return effect instanceof SyncEffect.Apply apply
            && apply.message() instanceof StreamMessage.Events batch
        ? "Apply " + batch.events().size() + " events up to " + batch.cursor()
        : effect.toString();
  }

  /** Gives an input later, if its owner still lives then. */
  private void giveLater(long millis, SyncInput input) {
    int owner = generation;
    time.after(
        millis,
        () -> {
          if (owner == generation) {
            give(input);
          }
        });
  }

  private void carryOut(SyncEffect effect) {
    switch (effect) {
      case SyncEffect.OpenStream open -> openStream(open.cursor());
      case SyncEffect.CloseStream close -> connection++;
      case SyncEffect.ListSpaces list ->
          giveLater(10, new SyncInput.SpacesListed(Set.copyOf(spaces)));
      case SyncEffect.Post post -> post(post);
      case SyncEffect.AbortPost abort -> aborted.add(key(abort.requestId()));
      case SyncEffect.Apply apply -> apply(apply.message());
      case SyncEffect.Accepted accepted ->
          accepted
              .placed()
              .forEach(one -> {
                Event there = server.log(accepted.space()).get((int) one.position() - 1);
                check(there.id().equals(one.id()), "an accepted event is durable: " + one);
                acceptedIds.add(one.id());
              });
      case SyncEffect.Refuse refuse -> {
        check(refuse.eventId().startsWith("bad"), "only bad events are refused: " + refuse);
        refused.add(refuse.eventId());
        outbox.removeIf(event -> event.id().equals(refuse.eventId()));
        giveLater(random.nextInt(50), new SyncInput.OutboxChanged(List.copyOf(outbox)));
        outboxChangesLater();
      }
      case SyncEffect.HistoryChanged changed -> check(false, "history never changes: " + changed);
      case SyncEffect.ReportStatus status -> online = status.online();
      case SyncEffect.WakeAt wake -> {
        // Timers fire late under load and, by rounding, early.
        long wait = wake.millis() - time.now() + (chance(20) ? random.nextInt(10) - 3 : 0);
        giveLater(Math.max(0, wait), new SyncInput.Tick());
      }
    }
  }

  /** A list read now may be old when it arrives; the newest one must be the last. */
  private void outboxChangesLater() {
    int owner = generation;
    time.after(
        60,
        () -> {
          if (owner == generation) {
            give(new SyncInput.OutboxChanged(outbox));
          }
        });
  }

  private int key(int requestId) {
    return generation * 1_000_000 + requestId;
  }

  private void post(SyncEffect.Post post) {
    check(post.ids().size() <= 500, "a batch has at most 500 events");
    int key = key(post.requestId());
    int owner = generation;
    int way = faulty() ? random.nextInt(100) : 100;
    long there = 1L + random.nextInt(faulty() ? 2_000 : 20);
    if (way < 10) {
      answer(owner, key, there, new SyncInput.PostFailed(post.requestId(), "connection lost"));
      return;
    }
    if (way < 15) {
      return; // Swallowed on the way there.
    }
    if (way < 20) {
      ProblemCode code = chance(50) ? ProblemCode.TOO_MANY : ProblemCode.UNAVAILABLE;
      long wish = 1000L * random.nextInt(5);
      Problem problem = new Problem(code.code(), "busy", -1, null, null, wish);
      answer(
          owner,
          key,
          there,
          new SyncInput.PostAnswered(post.requestId(), code.status(), List.of(), problem));
      return;
    }
    time.after(
        there,
        () -> {
          // Also when it was aborted meanwhile: the request may be with the server already.
          ModelServer.Answer answer = server.append(post.space(), post.ids(), "me");
          long back = 1L + random.nextInt(faulty() ? 2_000 : 20);
          if (way < 30) {
            answer(owner, key, back, new SyncInput.PostFailed(post.requestId(), "reply lost"));
          } else if (way >= 35) {
            answer(
                owner,
                key,
                back,
                new SyncInput.PostAnswered(
                    post.requestId(), answer.status(), answer.results(), answer.problem()));
          }
        });
  }

  private void answer(int owner, int key, long millis, SyncInput input) {
    time.after(
        millis,
        () -> {
          if (owner == generation && !aborted.contains(key)) {
            give(input);
          }
        });
  }

  /** The marks of spaces of which something was applied. */
  private static Map<String, Cursor.Mark> begun(String cursorText) {
    Map<String, Cursor.Mark> marks = new HashMap<>(Cursor.parse(cursorText).marks());
    marks.values().removeIf(mark -> mark.position() == 0);
    return marks;
  }

  private void openStream(String cursorText) {
    check(applying == 0, "nothing is being applied when a stream is opened");
    check(begun(cursorText).equals(begun(cursor())), "a stream resumes where the replica is");
    int mine = ++connection;
    int way = faulty() ? random.nextInt(100) : 100;
    if (way < 10) {
      onStream(mine, 30, new SyncInput.StreamEnded("refused"));
    } else if (way < 15) {
      Problem busy = new Problem("unavailable", "busy", -1, null, null, 2_000);
      onStream(mine, 30, new SyncInput.StreamRefused(503, busy));
    } else if (way >= 20) {
      Cursor cursor = Cursor.parse(cursorText);
      check(server.refusalOf(cursor) == null, "the cursor names what the server has");
      Map<String, Long> sent = new LinkedHashMap<>();
      cursor.marks().forEach((space, mark) -> sent.put(space, mark.position()));
      onStream(mine, 20, new SyncInput.StreamOpened());
      time.after(25, () -> serve(mine, sent, new EventStreamParser()));
    }
  }

  private void onStream(int mine, long millis, SyncInput input) {
    time.after(
        millis,
        () -> {
          if (mine == connection) {
            give(input);
          }
        });
  }

  private void serve(int mine, Map<String, Long> sent, EventStreamParser parser) {
    if (mine != connection) {
      return;
    }
    String text = server.page(sent);
    if (text.isEmpty()) {
      text = ": still here\n\n";
    }
    int way = faulty() ? random.nextInt(200) : 200;
    if (way < 2) {
      return; // A black hole: neither bytes nor an end.
    }
    int cut = random.nextInt(text.length());
    give(new SyncInput.ChunkArrived(parser.feed(text.substring(0, cut))));
    if (way < 8) {
      onStream(mine, 1, new SyncInput.StreamEnded("cut"));
      return;
    }
    String rest = text.substring(cut);
    time.after(
        random.nextInt(5),
        () -> {
          if (mine == connection) {
            give(new SyncInput.ChunkArrived(parser.feed(rest)));
            time.after(random.nextInt(1_000), () -> serve(mine, sent, parser));
          }
        });
  }

  private void apply(StreamMessage message) {
    applying++;
    int owner = generation;
    boolean fails = faulty() && chance(2);
    time.after(
        random.nextInt(faulty() && chance(10) ? 3_000 : 20),
        () -> {
          if (owner != generation) {
            return;
          }
          applying--;
          if (fails) {
            give(new SyncInput.ApplyFailed("disk full"));
            return;
          }
          if (message instanceof StreamMessage.Events events) {
            applyEvents(events);
          }
          give(new SyncInput.Applied(cursor()));
        });
  }

  private void applyEvents(StreamMessage.Events message) {
    List<Event> log = replica.computeIfAbsent(message.space(), s -> new ArrayList<>());
    for (Event event : message.events()) {
      check(event.position() == log.size() + 1L, "positions reach the replica without gap");
      log.add(event);
      outbox.removeIf(mine -> mine.space().equals(event.space()) && mine.id().equals(event.id()));
    }
    positions.put(message.space(), (long) log.size());
    Cursor.@Nullable Mark mark = Cursor.parse(message.cursor()).marks().get(message.space());
    check(mark != null && mark.position() == log.size(), "the cursor stands after the last event");
  }

  private void checkEnd() {
    check(online, "the stream is open in the end");
    check(outbox.isEmpty(), "the outbox is empty in the end: " + outbox);
    for (String space : spaces) {
      List<String> expected = new ArrayList<>(written.getOrDefault(space, List.of()));
      expected.removeIf(id -> id.startsWith("bad"));
      List<String> own =
          server.log(space).stream().filter(e -> e.author().equals("me")).map(Event::id).toList();
      check(own.equals(expected), "own events stand once and in order in " + space);
      List<Event> here = replica.getOrDefault(space, List.of());
      check(
          here.stream()
              .map(Event::id)
              .toList()
              .equals(server.log(space).stream().map(Event::id).toList()),
          "the replica has the server's log of " + space);
    }
    written
        .values()
        .forEach(list ->
            list.stream()
                .filter(id -> id.startsWith("bad"))
                .forEach(id -> check(refused.contains(id), "a refused event is told: " + id)));
  }

  private static void check(boolean holds, String sentence) {
    if (!holds) {
      throw new AssertionError("violated: " + sentence);
    }
  }
}
