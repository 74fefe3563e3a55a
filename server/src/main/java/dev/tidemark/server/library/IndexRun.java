package dev.tidemark.server.library;

import dev.tidemark.server.jobs.JobControl;
import dev.tidemark.server.jobs.JobFailed;
import dev.tidemark.server.jobs.JobStopped;
import dev.tidemark.server.library.git.GitFailed;
import dev.tidemark.server.library.git.GitFile;
import dev.tidemark.server.library.git.GitListing;
import dev.tidemark.server.library.git.GitRepository;
import dev.tidemark.server.library.split.FileText;
import dev.tidemark.server.library.split.Piece;
import dev.tidemark.server.library.split.SkipReason;
import dev.tidemark.server.library.split.Splitter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Fills one tree. The job's thread reads files, hands them to the parse workers, and writes what
 * comes back in batches, each acknowledged before the next: at most {@link #WINDOW} files are on
 * their way, so a slow disk slows the reading. What is stored already is linked without being read.
 */
final class IndexRun {
  private static final int WINDOW = 16;
  private static final long WINDOW_CHARACTERS = 4L << 20;
  private static final int BATCH_CHARACTERS = 120_000;
  private static final int LINKS_AT_ONCE = 150;
  private static final int PATHS_WITH_BLOB = 20;
  private static final int MAX_ROUNDS = 100_000;
  private static final long OTHERS_WAIT_MILLIS = 200;

  private final TreeStore store;
  private final BlobClaims claims;
  private final ExecutorService parsers;
  private final JobControl control;
  private final GitRepository repository;
  private final BatchSize batchSize;
  private final long tree;

  private final Set<BlobKey> claimed = new HashSet<>();
  private final Deque<Reading> window = new ArrayDeque<>();
  private long windowCharacters;
  private final List<TreeStore.Part> batch = new ArrayList<>();
  private int batchPieces;
  private int batchCharacters;

  /** Releases by others since the last look at what is stored show here as a difference. */
  private long releasesSeen;

  private int total;
  private int done;
  private int skipped;
  private int snippets;
  private int reused;

  IndexRun(
      TreeStore store,
      BlobClaims claims,
      ExecutorService parsers,
      JobControl control,
      GitRepository repository,
      BatchSize batchSize,
      long tree) {
    this.store = store;
    this.claims = claims;
    this.parsers = parsers;
    this.control = control;
    this.repository = repository;
    this.batchSize = batchSize;
    this.tree = tree;
  }

  /** Files of one content. */
  private record Content(GitFile file, List<String> paths) {}

  /** A file that a parse worker has. */
  private record Reading(Content content, Future<SplitBlob> result, int characters) {}

  /**
   * Links every file of the listing to its complete blob.
   *
   * @return how many of them were passed over because of their content
   */
  int run(GitListing listing) throws GitFailed, JobFailed, JobStopped, InterruptedException {
    int passedOver = listing.skipped().values().stream().mapToInt(Integer::intValue).sum();
    total = listing.files().size() + passedOver;
    done = passedOver;
    skipped = passedOver;
    try {
      Map<BlobKey, Content> waiting = contents(listing);
      for (int round = 0; !waiting.isEmpty(); round++) {
        if (round > MAX_ROUNDS) {
          throw new IllegalStateException("blobs stay claimed: " + waiting.size());
        }
        waiting = linkStored(waiting);
        waiting = splitUnclaimed(waiting);
        if (!waiting.isEmpty()) {
          control.checkpoint();
          claims.awaitRelease(waiting.keySet().iterator().next(), OTHERS_WAIT_MILLIS);
        }
      }
      return skipped - passedOver;
    } finally {
      window.forEach(reading -> reading.result().cancel(false));
      claimed.forEach(claims::release);
    }
  }

  private Map<BlobKey, Content> contents(GitListing listing) {
    Map<String, String> linked = store.linked(tree);
    Map<BlobKey, Content> contents = new LinkedHashMap<>();
    Map<BlobKey, Integer> before = new LinkedHashMap<>();
    for (GitFile file : listing.files()) {
      BlobKey key = BlobKey.of(file);
      if (file.objectId().equals(linked.get(file.path()))) {
        before.merge(key, 1, Integer::sum);
      } else {
        contents
            .computeIfAbsent(key, k -> new Content(file, new ArrayList<>()))
            .paths()
            .add(file.path());
      }
    }
    Map<BlobKey, StoredBlob> stored = store.stored(before.keySet());
    before.forEach((key, files) -> {
      StoredBlob blob = stored.get(key);
      if (blob != null) {
        count(blob, files);
      }
    });
    report();
    return contents;
  }

  private void count(StoredBlob blob, int files) {
    done += files;
    skipped += blob.skipped() ? files : 0;
    snippets += blob.snippets();
    reused += blob.snippets();
  }

  /** Links what is stored by now; answers with the rest. */
  private Map<BlobKey, Content> linkStored(Map<BlobKey, Content> waiting)
      throws JobFailed, JobStopped, InterruptedException {
    releasesSeen = claims.releases();
    Map<BlobKey, StoredBlob> stored = store.stored(waiting.keySet());
    Map<BlobKey, Content> rest = new LinkedHashMap<>();
    List<TreeStore.Link> links = new ArrayList<>();
    for (Map.Entry<BlobKey, Content> entry : waiting.entrySet()) {
      StoredBlob blob = stored.get(entry.getKey());
      if (blob != null) {
        entry
            .getValue()
            .paths()
            .forEach(path -> links.add(new TreeStore.Link(path, blob.number())));
      }
    }
    Set<Long> blobsGone = link(links);
    for (Map.Entry<BlobKey, Content> entry : waiting.entrySet()) {
      StoredBlob blob = stored.get(entry.getKey());
      if (blob == null || blobsGone.contains(blob.number())) {
        rest.put(entry.getKey(), entry.getValue());
      } else {
        count(blob, entry.getValue().paths().size());
      }
    }
    report();
    return rest;
  }

  /** Answers with the blobs that were swept just before; their files have to be read again. */
  private Set<Long> link(List<TreeStore.Link> links)
      throws JobFailed, JobStopped, InterruptedException {
    Set<Long> blobsGone = new HashSet<>();
    for (int from = 0; from < links.size(); from += LINKS_AT_ONCE) {
      control.checkpoint();
      TreeStore.Linked linked =
          store.link(tree, links.subList(from, Math.min(links.size(), from + LINKS_AT_ONCE)));
      if (linked.gone()) {
        throw IndexTask.gone();
      }
      blobsGone.addAll(linked.blobsGone());
    }
    return blobsGone;
  }

  /** Splits and stores what nobody else is at; answers with what others are at. */
  private Map<BlobKey, Content> splitUnclaimed(Map<BlobKey, Content> waiting)
      throws GitFailed, JobFailed, JobStopped, InterruptedException {
    Map<BlobKey, Content> others = new LinkedHashMap<>();
    for (Map.Entry<BlobKey, Content> entry : waiting.entrySet()) {
      if (!claims.claim(entry.getKey())) {
        others.put(entry.getKey(), entry.getValue());
        continue;
      }
      claimed.add(entry.getKey());
      if (storedMeanwhile(entry.getKey())) {
        release(entry.getKey());
        others.put(entry.getKey(), entry.getValue()); // linked in the next round
        continue;
      }
      submit(entry.getKey(), entry.getValue());
      while (window.size() >= WINDOW || windowCharacters > WINDOW_CHARACTERS) {
        takeOldest();
      }
    }
    while (!window.isEmpty()) {
      takeOldest();
    }
    flush();
    return others;
  }

  /** Another version's run may have stored a blob between our look and our claim. */
  private boolean storedMeanwhile(BlobKey key) {
    return claims.releases() != releasesSeen && !store.stored(List.of(key)).isEmpty();
  }

  private void release(BlobKey key) {
    claims.release(key);
    claimed.remove(key);
    releasesSeen++;
  }

  private void submit(BlobKey key, Content content)
      throws GitFailed, JobStopped, InterruptedException {
    control.checkpoint();
    List<String> paths =
        content.paths().subList(0, Math.min(PATHS_WITH_BLOB, content.paths().size()));
    Splitter splitter = content.file().splitter();
    switch (repository.read(content.file().objectId())) {
      case FileText.Answer.Text text -> {
        window.add(
            new Reading(
                content,
                parsers.submit(() -> split(key, paths, splitter, text.text())),
                text.text().length()));
        windowCharacters += text.text().length();
      }
      case FileText.Answer.Skipped reason ->
          window.add(
              new Reading(
                  content,
                  CompletableFuture.completedFuture(
                      new SplitBlob(key, paths, List.of(), reason.reason())),
                  0));
    }
  }

  /** Runs on a parse worker: pure. A text on which a splitter fails is passed over. */
  private static SplitBlob split(BlobKey key, List<String> paths, Splitter splitter, String text) {
    List<HashedPiece> pieces = new ArrayList<>();
    @Nullable SkipReason skipped = null;
    try {
      for (Piece piece : splitter.split(text)) {
        pieces.add(HashedPiece.of(piece));
      }
    } catch (RuntimeException | StackOverflowError e) {
      pieces.clear();
      skipped = SkipReason.UNREADABLE;
    }
    return new SplitBlob(key, paths, pieces, skipped);
  }

  private void takeOldest() throws JobFailed, JobStopped, InterruptedException {
    Reading reading = window.removeFirst();
    windowCharacters -= reading.characters();
    SplitBlob blob;
    try {
      blob = reading.result().get();
    } catch (ExecutionException e) {
      throw new JobFailed("A file could not be split.", e.getCause());
    }
    int from = 0;
    do {
      int to = from;
      while (to < blob.pieces().size()
          && batchPieces < batchSize.pieces()
          && batchCharacters < BATCH_CHARACTERS) {
        batchCharacters += blob.pieces().get(to).characters();
        batchPieces++;
        to++;
      }
      batch.add(new TreeStore.Part(blob, from, to));
      if (to < blob.pieces().size()
          || batch.size() >= batchSize.pieces()
          || batchPieces >= batchSize.pieces()
          || batchCharacters >= BATCH_CHARACTERS) {
        flush();
      }
      from = to;
    } while (from < blob.pieces().size());
    linkFurtherPaths(reading.content());
    done += reading.content().paths().size();
    skipped += blob.skipped() == null ? 0 : reading.content().paths().size();
  }

  /** Hundreds of files of one content, such as empty ones, are not linked in one transaction. */
  private void linkFurtherPaths(Content content)
      throws JobFailed, JobStopped, InterruptedException {
    if (content.paths().size() <= PATHS_WITH_BLOB) {
      return;
    }
    flush();
    BlobKey key = BlobKey.of(content.file());
    StoredBlob blob = store.stored(List.of(key)).get(key);
    if (blob == null) {
      throw IndexTask.gone();
    }
    List<TreeStore.Link> links = new ArrayList<>();
    for (String path : content.paths().subList(PATHS_WITH_BLOB, content.paths().size())) {
      links.add(new TreeStore.Link(path, blob.number()));
    }
    link(links); // the first paths hold the blob, so it is not swept
  }

  private void flush() throws JobFailed, JobStopped, InterruptedException {
    if (batch.isEmpty()) {
      return;
    }
    control.checkpoint();
    TreeStore.Written written = store.write(tree, batch);
    if (written.gone()) {
      throw IndexTask.gone();
    }
    batchSize.took(batchPieces, written.nanos());
    snippets += written.inserted() + written.reused();
    reused += written.reused();
    for (TreeStore.Part part : batch) {
      if (part.isLast()) {
        release(part.blob().key());
      }
    }
    batch.clear();
    batchPieces = 0;
    batchCharacters = 0;
    report();
  }

  private void report() {
    control.progress("splitting", total, done, skipped, snippets, reused);
  }

  /** The last word on the numbers. */
  void reportDone() {
    control.progress("done", total, total, skipped, snippets, reused);
  }
}
