package dev.tidemark.server.admin;

import dev.tidemark.server.jobs.Job;
import dev.tidemark.server.jobs.JobChange;
import dev.tidemark.server.jobs.JobPage;
import dev.tidemark.server.jobs.JobState;
import dev.tidemark.server.library.Library;
import dev.tidemark.server.library.PathChoice;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an operator may do with libraries and the jobs that index them. Not thread-safe. */
public interface LibraryOperator {

  /**
   * A library that was asked to be added.
   *
   * @param isNew whether this request has added it
   */
  record Added(Library library, boolean isNew) {}

  /**
   * Adds a library, or finds the one of that source.
   *
   * @param title how to show it; null for one made of the source
   * @param paths which files to read; null for all of a new library, and for no change to another
   * @throws Operator.Failed when source, title or paths are refused
   */
  Added add(String source, @Nullable String title, @Nullable PathChoice paths);

  /** Adds a library of which all is read. */
  default Added add(String source, @Nullable String title) {
    return add(source, title, null);
  }

  /**
   * Looks for a library's tags, over the network for most.
   *
   * @return the library with all of them
   * @throws Operator.Failed when there is no such library or it cannot be read
   */
  Library discover(String library);

  List<Library> list();

  /**
   * Removes a library with its jobs; false when there is none of that id.
   *
   * @throws Operator.Failed when a worker did not leave it in time
   */
  boolean remove(String library);

  /**
   * Enqueues versions. Without a server this process's own workers begin with them; they work until
   * the operator is closed.
   *
   * @return their jobs in the order of the names, some perhaps under way already
   * @throws Operator.Failed when the library or a version is not known
   */
  List<Job> index(String library, List<String> versions);

  /** The newest jobs of libraries whose ids begin so; all states where none is given. */
  JobPage jobs(String libraryPrefix, Set<JobState> states, int limit);

  /** Those of the given jobs that there are. */
  List<Job> jobs(List<String> ids);

  /** What somebody may want of a job. */
  enum JobWish {
    PAUSE,
    RESUME,
    CANCEL
  }

  JobChange change(String job, JobWish wish);
}
