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

/** Asks the running server about libraries and jobs. */
final class SocketLibraryOperator implements LibraryOperator {
  private final SocketOperator socket;

  SocketLibraryOperator(SocketOperator socket) {
    this.socket = socket;
  }

  @Override
  public Added add(String source, @Nullable String title, @Nullable PathChoice paths) {
    return socket.askNow(IndexWire.add(source, title, paths), IndexWire::added);
  }

  @Override
  public Library discover(String library) {
    return socket.askNow(IndexWire.ofLibrary(IndexWire.DISCOVER, library), IndexWire::library);
  }

  @Override
  public List<Library> list() {
    return socket.askNow(IndexWire.list(), IndexWire::libraries);
  }

  @Override
  public boolean remove(String library) {
    return socket.askNow(
        IndexWire.ofLibrary(IndexWire.REMOVE, library),
        reply -> Boolean.parseBoolean(reply.text("text")));
  }

  @Override
  public List<Job> index(String library, List<String> versions) {
    return socket.askNow(IndexWire.index(library, versions), reply -> IndexWire.page(reply).jobs());
  }

  @Override
  public JobPage jobs(String libraryPrefix, Set<JobState> states, int limit) {
    return socket.askNow(IndexWire.jobs(libraryPrefix, states, limit), IndexWire::page);
  }

  @Override
  public List<Job> jobs(List<String> ids) {
    return socket.askNow(IndexWire.jobsById(ids), reply -> IndexWire.page(reply).jobs());
  }

  @Override
  public JobChange change(String job, JobWish wish) {
    return socket.askNow(IndexWire.change(job, wish), IndexWire::change);
  }
}
