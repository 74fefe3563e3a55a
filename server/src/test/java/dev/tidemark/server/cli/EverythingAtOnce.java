package dev.tidemark.server.cli;

import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.server.admin.DirectOperator;
import dev.tidemark.server.admin.EmbeddingControl;
import dev.tidemark.server.admin.ImportedEvent;
import dev.tidemark.server.database.DataFolder;
import dev.tidemark.server.embedding.EmbeddingSettings;
import dev.tidemark.server.embedding.Embeddings;
import dev.tidemark.server.jobs.Job;
import dev.tidemark.server.jobs.JobListener;
import dev.tidemark.server.jobs.JobState;
import dev.tidemark.server.library.Library;
import dev.tidemark.server.library.LibraryVersion;
import dev.tidemark.server.search.Asker;
import dev.tidemark.server.search.Kind;
import dev.tidemark.server.search.Mode;
import dev.tidemark.server.search.SearchOutcome;
import dev.tidemark.server.search.SearchRequest;
import dev.tidemark.server.search.SearchRoom;
import dev.tidemark.server.storage.IndexSettings;
import dev.tidemark.server.storage.Indexing;
import dev.tidemark.server.storage.Storage;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A process that indexes with three workers, embeds with two, searches with eight threads and
 * appends with two, all on one file. Each line it prints is a fact for {@link
 * EverythingAtOnceTest}: {@code ack ID}, {@code under way}, {@code FAILED ...}, {@code complete
 * ...}.
 */
final class EverythingAtOnce implements AutoCloseable {
  static final int INDEXERS = 3;
  static final int EMBEDDERS = 2;
  static final int SEARCHERS = 8;
  static final int APPENDERS = 2;
  static final int APPENDS = 100;
  private static final int MOST_APPENDS = 400;

  private static final List<String> QUERIES =
      List.of("tide", "the moon pulls", "harbour wall", "text of part", "\"spring tide\"");
  private static final long LOOK_MILLIS = 20;

  private final Storage storage;
  private final Indexing indexing;
  private final DirectOperator operator;
  private final List<Embeddings> embedders = new ArrayList<>();
  private final SearchRoom search;
  private final AtomicBoolean searching = new AtomicBoolean(true);
  private final AtomicBoolean indexed = new AtomicBoolean();
  private boolean done;
  private boolean said;
  private final AtomicLong searches = new AtomicLong();
  private final AtomicLong semantic = new AtomicLong();
  private final AtomicLong acknowledged = new AtomicLong();

  private EverythingAtOnce(Path data, Path allowed) {
    storage = new Storage(DataFolder.open(data), Clock.systemUTC());
    indexing =
        new Indexing(storage, new IndexSettings(INDEXERS, List.of(allowed)), Clock.systemUTC());
    for (int i = 0; i < EMBEDDERS; i++) {
      embedders.add(
          new Embeddings(
              storage.writer(),
              storage.readers(),
              storage.vectors(),
              new EmbeddingSettings.Minilm(),
              Clock.systemUTC()));
    }
    search = storage.search(embedders.getFirst());
    operator =
        new DirectOperator(
            storage,
            indexing,
            search,
            new EmbeddingControl(storage, embedders.getFirst(), () -> "{}"));
  }

  /** Arguments: data folder, allowed folder, repository, prefix of the ids of this run. */
  public static void main(String[] arguments) throws InterruptedException {
    Logging.configure();
    try (EverythingAtOnce load =
        new EverythingAtOnce(Path.of(arguments[0]), Path.of(arguments[1]))) {
      load.run(arguments[2], arguments[3]);
    }
  }

  private static synchronized void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  private void run(String repository, String prefix) throws InterruptedException {
    storage.accounts().createToken("ada", true);
    String space = operator.openSpace("Load");
    append(space, prefix + "-channel", new WorkspaceEvent.ChannelCreated(prefix, prefix));
    Library library = operator.libraries().add(repository, null).library();
    if (library.versions().isEmpty()) {
      library = operator.libraries().discover(library.id());
      List<String> names = library.versions().stream().map(LibraryVersion::name).toList();
      indexing.index(library.id(), names); // its workers do not start yet
    }
    embedders.forEach(Embeddings::start);
    while (!embedders.stream().allMatch(embedder -> embedder.coverage().mode().equals("ok"))) {
      Thread.sleep(LOOK_MILLIS); // models load; without them nothing here would be at once
    }
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < SEARCHERS; i++) {
      threads.add(start("search-" + i, this::searchOn));
    }
    List<Thread> appenders = new ArrayList<>();
    for (int i = 0; i < APPENDERS; i++) {
      String own = prefix + i + "-";
      appenders.add(start("append-" + i, () -> appendOn(space, prefix, own)));
    }
    while (semantic.get() == 0 || acknowledged.get() < APPENDERS * 5) {
      Thread.sleep(LOOK_MILLIS);
    }
    storage.jobs().onChange(this::hear);
    indexing.start(); // last, so that all others are at it already
    awaitIdle(appenders);
    searching.set(false);
    for (Thread thread : threads) {
      thread.join();
    }
    say("complete " + searches + " searches, " + semantic + " of them by meaning");
  }

  private static Thread start(String name, Runnable work) {
    return Thread.ofPlatform()
        .name(name)
        .start(() -> {
          try {
            work.run();
          } catch (RuntimeException | Error e) {
            e.printStackTrace();
            say("FAILED " + name + ": " + e);
          }
        });
  }

  private void searchOn() {
    for (int i = 0; searching.get(); i++) {
      SearchRequest request =
          new SearchRequest(
              new Asker.Operator(),
              QUERIES.get(i % QUERIES.size()),
              i % 2 == 0,
              Mode.HYBRID,
              null,
              null,
              null,
              EnumSet.allOf(Kind.class),
              20,
              0);
      if (!(search.engine().search(request) instanceof SearchOutcome.Found found)) {
        throw new IllegalStateException("a search was refused");
      }
      searches.incrementAndGet();
      semantic.addAndGet(found.used() == Mode.HYBRID ? 1 : 0);
    }
  }

  private void appendOn(String space, String channel, String prefix) {
    for (int i = 0; i < APPENDS || (i < MOST_APPENDS && !indexed.get()); i++) {
      String id = prefix + i;
      append(
          space,
          id,
          new WorkspaceEvent.MessageCreated(
              id, channel, "The spring tide " + i + " reached the harbour wall.", null, List.of()));
    }
  }

  private void append(String space, String id, WorkspaceEvent body) {
    operator.append(space, List.of(new ImportedEvent(id, "import:load", 1, body))).join();
    acknowledged.incrementAndGet();
    say("ack " + id);
  }

  /**
   * On the writer thread: says once that indexing is in its middle; the others are at it by then.
   */
  private void hear(Job job) {
    done |= job.state() == JobState.DONE;
    boolean middle = job.state() == JobState.RUNNING && (done || job.filesDone() > 0);
    if (middle && !said) {
      said = true;
      say("under way, " + acknowledged + " appends and " + searches + " searches so far");
    }
  }

  /** Waits until all is indexed, embedded and appended. */
  private void awaitIdle(List<Thread> appenders) throws InterruptedException {
    try (JobListener listener = Objects.requireNonNull(indexing.feed().listen(null))) {
      while (true) {
        listener.take(LOOK_MILLIS);
        Map<JobState, Long> jobs = storage.jobs().counts();
        if (count(jobs, JobState.FAILED) > 0) {
          say("FAILED jobs: " + operator.libraries().jobs("", EnumSet.of(JobState.FAILED), 5));
          return;
        }
        boolean open = count(jobs, JobState.QUEUED) + count(jobs, JobState.RUNNING) > 0;
        indexed.set(!open);
        boolean working = appenders.stream().anyMatch(Thread::isAlive);
        if (!working && !open && embedders.getFirst().coverage().missing() == 0) {
          return;
        }
      }
    }
  }

  private static long count(Map<JobState, Long> jobs, JobState state) {
    return jobs.getOrDefault(state, 0L);
  }

  @Override
  public void close() {
    searching.set(false);
    indexing.close();
    embedders.forEach(Embeddings::close);
    storage.close();
  }
}
