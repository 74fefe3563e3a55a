package dev.tidemark.server.admin;

import dev.tidemark.server.jobs.Job;
import dev.tidemark.server.jobs.JobChange;
import dev.tidemark.server.jobs.JobPage;
import dev.tidemark.server.jobs.JobState;
import dev.tidemark.server.library.Libraries.AddOutcome;
import dev.tidemark.server.library.Libraries.Discovery;
import dev.tidemark.server.library.Library;
import dev.tidemark.server.library.PathChoice;
import dev.tidemark.server.storage.Indexing;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Operates on libraries and jobs in this process. */
final class DirectLibraryOperator implements LibraryOperator {
  private final Indexing indexing;

  DirectLibraryOperator(Indexing indexing) {
    this.indexing = indexing;
  }

  @Override
  public Added add(String source, @Nullable String title, @Nullable PathChoice paths) {
    return switch (indexing.libraries().add(source, title, paths)) {
      case AddOutcome.Added added -> new Added(added.library(), true);
      case AddOutcome.Exists exists -> new Added(exists.library(), false);
      case AddOutcome.Refused refused -> throw new Operator.Failed(refused.sentence());
    };
  }

  @Override
  public Library discover(String library) {
    try {
      return switch (indexing.libraries().discover(library)) {
        case Discovery.Discovered discovered -> discovered.library();
        case Discovery.Unknown unknown -> throw noSuchLibrary(library);
        case Discovery.Failed failed -> throw new Operator.Failed(failed.sentence());
      };
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static Operator.Failed noSuchLibrary(String library) {
    return new Operator.Failed("There is no library " + library + ".");
  }

  private static Operator.Failed interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new Operator.Failed("Interrupted.", e);
  }

  @Override
  public List<Library> list() {
    return indexing.libraries().list();
  }

  @Override
  public boolean remove(String library) {
    try {
      return switch (indexing.remove(library)) {
        case REMOVED -> true;
        case MISSING -> false;
        case BUSY ->
            throw new Operator.Failed(
                "A worker is still at this library; its jobs are cancelled, try again in a"
                    + " moment.");
      };
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  @Override
  public List<Job> index(String library, List<String> versions) {
    return switch (indexing.index(library, versions)) {
      case Indexing.Wish.Enqueued enqueued -> {
        indexing.start();
        yield enqueued.jobs();
      }
      case Indexing.Wish.NoSuchLibrary none -> throw noSuchLibrary(library);
      case Indexing.Wish.NoSuchVersions none ->
          throw new Operator.Failed(
              "Library " + library + " has no version " + String.join(", ", none.names()) + ".");
    };
  }

  @Override
  public JobPage jobs(String libraryPrefix, Set<JobState> states, int limit) {
    return indexing.jobs().page(libraryPrefix, states, 1, limit);
  }

  @Override
  public List<Job> jobs(List<String> ids) {
    return indexing.jobs().findAll(ids);
  }

  @Override
  public JobChange change(String job, JobWish wish) {
    return switch (wish) {
      case PAUSE -> indexing.jobs().pause(job);
      case RESUME -> indexing.jobs().resume(job);
      case CANCEL -> indexing.jobs().cancel(job);
    };
  }
}
