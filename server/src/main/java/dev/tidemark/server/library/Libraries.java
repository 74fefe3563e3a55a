package dev.tidemark.server.library;

import dev.tidemark.server.database.GroupWriter;
import dev.tidemark.server.database.ReaderPool;
import dev.tidemark.server.database.Verdict;
import dev.tidemark.server.database.WriteTransaction;
import dev.tidemark.server.library.git.GitFailed;
import dev.tidemark.server.library.git.GitLimits;
import dev.tidemark.server.library.git.GitRepositories;
import dev.tidemark.server.library.git.GitTag;
import dev.tidemark.server.library.source.LibraryRules;
import dev.tidemark.server.library.source.LibrarySource;
import dev.tidemark.server.library.split.FileRules;
import dev.tidemark.server.library.split.SplitSize;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The registry of libraries and their versions. Callable from any thread but those of the database;
 * {@link #add} may wait for a name server and {@link #discover} for a repository's host.
 */
public final class Libraries {
  private static final int MAX_TITLE_CHARACTERS = 200;
  private static final int MAX_LIBRARIES = 1_000;
  private static final int WORK_BYTES = 1_000;
  private static final int VERSIONS_AT_ONCE = 100;

  private final GroupWriter writer;
  private final ReaderPool readers;
  private final Clock clock;
  private final LibraryRules rules;
  private final GitRepositories repositories;
  private final FileRules files;
  private final TreeStore store;
  private final Sweeper sweeper;

  /**
   * Libraries of a data folder.
   *
   * @param mirrors folder for copies of remote repositories; made when it is needed
   */
  public Libraries(
      GroupWriter writer, ReaderPool readers, Clock clock, LibraryRules rules, Path mirrors) {
    this(
        writer,
        readers,
        clock,
        rules,
        new GitRepositories(mirrors, rules, GitLimits.DEFAULT),
        new FileRules(SplitSize.DEFAULT));
  }

  Libraries(
      GroupWriter writer,
      ReaderPool readers,
      Clock clock,
      LibraryRules rules,
      GitRepositories repositories,
      FileRules files) {
    this.writer = writer;
    this.readers = readers;
    this.clock = clock;
    this.rules = rules;
    this.repositories = repositories;
    this.files = files;
    this.store = new TreeStore(writer, readers);
    this.sweeper = new Sweeper(writer, readers, files.id());
  }

  /** What became of a library that somebody wants to add. */
  public sealed interface AddOutcome {
    record Added(Library library) implements AddOutcome {}

    /** The source is a library already. */
    record Exists(Library library) implements AddOutcome {}

    /** In one sentence, for the person who asked; it never repeats the source. */
    record Refused(String sentence) implements AddOutcome {}
  }

  /**
   * Adds a library. Nothing is fetched yet.
   *
   * @param title for people; null for the last part of the source
   */
  public AddOutcome add(String source, @Nullable String title) {
    return add(source, title, null);
  }

  /**
   * Adds a library, or changes which paths are read of the one that has this source.
   *
   * @param paths null for all paths of a new library, and for no change to one that is there; a
   *     change counts from the next indexing of a version on
   */
  public AddOutcome add(String source, @Nullable String title, @Nullable PathChoice paths) {
    String objection = objectionTo(title);
    if (objection == null && paths != null) {
      objection = paths.objection();
    }
    if (objection != null) {
      return new AddOutcome.Refused(objection);
    }
    return switch (rules.judge(source)) {
      case LibraryRules.Answer.Refused refused -> new AddOutcome.Refused(refused.sentence());
      case LibraryRules.Answer.Accepted accepted -> add(accepted.source(), title, paths);
    };
  }

  private static @Nullable String objectionTo(@Nullable String title) {
    if (title == null) {
      return null;
    }
    boolean fits =
        !title.isBlank()
            && title.length() <= MAX_TITLE_CHARACTERS
            && title.chars().noneMatch(Character::isISOControl);
    return fits
        ? null
        : "The title of a library has 1 to "
            + MAX_TITLE_CHARACTERS
            + " characters and no control characters.";
  }

  private AddOutcome add(LibrarySource source, @Nullable String title, @Nullable PathChoice paths) {
    long now = clock.millis();
    Object answer =
        now(transaction -> {
          String there = find(transaction, source.text());
          if (there != null) {
            if (paths != null) {
              transaction.update(
                  "update library set paths = ? where id = ?", paths.stored(), there);
            }
            return new Verdict.Keep<Object>(there);
          }
          List<String> ids = LibraryRows.ids(transaction);
          if (ids.size() >= MAX_LIBRARIES) {
            return new Verdict.Keep<Object>(
                new AddOutcome.Refused(
                    "There are " + MAX_LIBRARIES + " libraries already, which is the limit."));
          }
          String id = LibraryIds.free(LibraryIds.of(source), ids::contains);
          Library library =
              new Library(
                  id,
                  source.text(),
                  title == null ? defaultTitle(source) : title.strip(),
                  paths == null ? PathChoice.ALL : paths,
                  now,
                  null,
                  List.of());
          LibraryRows.insert(transaction, library);
          return new Verdict.Keep<Object>(new AddOutcome.Added(library));
        });
    if (answer instanceof AddOutcome outcome) {
      return outcome;
    }
    Library library = find((String) answer);
    return library == null
        ? new AddOutcome.Refused("The library was removed at this moment; try again.")
        : new AddOutcome.Exists(library);
  }

  /** With and without {@code .git} is the same repository wherever both are served. */
  private static @Nullable String find(WriteTransaction transaction, String source)
      throws SQLException {
    String found = LibraryRows.idOfSource(transaction, source);
    if (found == null && source.toLowerCase(Locale.ROOT).startsWith("http")) {
      String other =
          source.endsWith(".git") ? source.substring(0, source.length() - 4) : source + ".git";
      found = LibraryRows.idOfSource(transaction, other);
    }
    return found;
  }

  private static String defaultTitle(LibrarySource source) {
    String text = source.text();
    String last = text.substring(text.lastIndexOf('/') + 1);
    String name = last.endsWith(".git") ? last.substring(0, last.length() - 4) : last;
    String title = name.isEmpty() ? "library" : name;
    return title.substring(0, Math.min(title.length(), MAX_TITLE_CHARACTERS));
  }

  /** All libraries by id, each with its versions. */
  public List<Library> list() {
    return readers.read(LibraryRows::all);
  }

  /** The library of that id, or null. */
  public @Nullable Library find(String id) {
    return readers.read(reader -> LibraryRows.find(reader, id));
  }

  /** What came of asking a repository for its tags. */
  public sealed interface Discovery {
    /**
     * Done.
     *
     * @param added versions that were not known before
     * @param moved versions that lead to another commit than before
     */
    record Discovered(Library library, int added, int moved) implements Discovery {}

    record Unknown() implements Discovery {}

    /** In one sentence, for the person who asked. */
    record Failed(String sentence) implements Discovery {}
  }

  /**
   * Asks the repository for its tags. Tags that are gone stay as versions when they are indexed,
   * and are forgotten otherwise.
   */
  public Discovery discover(String id) throws InterruptedException {
    Library library = find(id);
    if (library == null) {
      return new Discovery.Unknown();
    }
    List<GitTag> tags;
    try {
      tags = repositories.tags(id, library.source());
    } catch (GitFailed e) {
      return new Discovery.Failed(String.valueOf(e.getMessage()));
    }
    TagChanges changes = TagChanges.between(library, tags);
    if (!changes.store(writer, id, clock.millis())) {
      return new Discovery.Unknown();
    }
    Library now = find(id);
    return now == null
        ? new Discovery.Unknown()
        : new Discovery.Discovered(now, changes.added(), changes.moved());
  }

  /**
   * Removes a library: at once nobody sees it any more; what it stored goes step by step
   * afterwards, and jobs that still run for it fail.
   *
   * @return false when there is none of this id
   */
  public boolean remove(String id) {
    boolean more = true;
    while (more) { // of thousands of tags few are indexed; the others go before, and unseen
      more = now(transaction -> new Verdict.Keep<>(forgetSome(transaction, id)));
    }
    boolean removed =
        now(transaction -> {
          long library = LibraryRows.number(transaction, id);
          if (library < 0) {
            return new Verdict.Keep<>(false);
          }
          for (String sql :
              List.of(
                  "delete from library_version where library = ?",
                  "delete from library where number = ?")) {
            transaction.update(sql, library);
          }
          return new Verdict.Keep<>(true);
        });
    if (removed) {
      sweeper.request();
      forgetMirror(id);
    }
    return removed;
  }

  private static boolean forgetSome(WriteTransaction transaction, String id) throws SQLException {
    return transaction.update(
            "delete from library_version where number in (select v.number from library_version v"
                + " join library l on l.number = v.library where l.id = ? and v.tree is null"
                + " limit ?)",
            id,
            VERSIONS_AT_ONCE)
        == VERSIONS_AT_ONCE;
  }

  private void forgetMirror(String id) {
    try {
      repositories.remove(id);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (GitFailed e) {
      // It only takes room; another library never gets the same folder while this one is there.
      return;
    }
  }

  /**
   * Takes up what an earlier process left half swept, on another thread, and takes away copies of
   * repositories whose library is gone. Called once at start, before anything is fetched.
   */
  public void tidyUp() {
    sweeper.request();
    try {
      repositories.removeAllBut(Set.copyOf(readers.read(LibraryRows::ids)));
    } catch (IOException e) {
      return; // they only take room, until the next start
    }
  }

  GitRepositories repositories() {
    return repositories;
  }

  FileRules files() {
    return files;
  }

  TreeStore store() {
    return store;
  }

  Sweeper sweeper() {
    return sweeper;
  }

  Clock clock() {
    return clock;
  }

  private <T> T now(GroupWriter.Work<T> work) {
    try {
      return writer.submit(WORK_BYTES, work).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
