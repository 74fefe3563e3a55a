package dev.tidemark.server.admin;

import dev.tidemark.protocol.codec.EventTypes;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.protocol.jvm.JacksonJson;
import dev.tidemark.server.account.UserIds;
import dev.tidemark.server.database.GroupWriter;
import dev.tidemark.server.database.SqliteFile;
import dev.tidemark.server.eventlog.AppendResult;
import dev.tidemark.server.eventlog.Batch;
import dev.tidemark.server.eventlog.LogCheck;
import dev.tidemark.server.eventlog.Proposal;
import dev.tidemark.server.fulltext.FullTextCheck;
import dev.tidemark.server.search.SearchJson;
import dev.tidemark.server.search.SearchOutcome;
import dev.tidemark.server.search.SearchRequest;
import dev.tidemark.server.search.SearchRoom;
import dev.tidemark.server.space.Spaces;
import dev.tidemark.server.storage.Indexing;
import dev.tidemark.server.storage.Storage;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;

/**
 * Operates on a storage in this process: a server's own, or one that a command has opened. Closing
 * it does not close the storage. Appends may come from several threads.
 */
public final class DirectOperator implements Operator {
  private static final int EVENT_BYTES = 256;

  private final Storage storage;
  private final LibraryOperator libraries;
  private final EmbeddingControl embedding;
  private final Semaphore underWay = new Semaphore(BATCHES_UNDER_WAY);
  private final SearchRoom search;

  /** On a storage that this process has opened for itself, or on that of a running server. */
  public DirectOperator(
      Storage storage, Indexing indexing, SearchRoom search, EmbeddingControl embedding) {
    this.storage = storage;
    this.libraries = new DirectLibraryOperator(indexing);
    this.search = search;
    this.embedding = embedding;
  }

  @Override
  public String createToken(String user, boolean admin) {
    String objection = UserIds.objection(user);
    if (objection != null) {
      throw new Failed(objection);
    }
    return storage.accounts().createToken(user, admin);
  }

  @Override
  public String openSpace(String name) {
    String objection = Spaces.objection(name);
    if (objection != null) {
      throw new Failed(objection);
    }
    return join(storage.spaces().findOrFound(name, storage.accounts().admins()));
  }

  @Override
  public CompletableFuture<List<AppendResult.Place>> append(
      String space, List<ImportedEvent> events) {
    List<Proposal> proposals = new ArrayList<>(events.size());
    int bytes = 0;
    for (ImportedEvent imported : events) {
      Event event = event(space, imported);
      bytes += EVENT_BYTES + event.payload().length();
      proposals.add(Proposal.of(event));
    }
    Batch batch = new Batch(space, Batch.Origin.IMPORT, proposals, bytes);
    underWay.acquireUninterruptibly();
    try {
      return storage
          .log()
          .append(batch)
          .whenComplete((result, failure) -> underWay.release())
          .thenApply(result -> placesOf(space, result));
    } catch (GroupWriter.Overloaded e) {
      underWay.release();
      throw new Failed(String.valueOf(e.getMessage()), e);
    }
  }

  private static Event event(String space, ImportedEvent imported) {
    return new Event(
        space,
        0,
        imported.id(),
        EventTypes.of(imported.body()).name(),
        imported.author(),
        0,
        imported.clientTime(),
        0,
        EventTypes.encode(imported.body()),
        imported.body());
  }

  private static List<AppendResult.Place> placesOf(String space, AppendResult result) {
    return switch (result) {
      case AppendResult.Appended appended -> appended.places();
      case AppendResult.NoSuchSpace none -> throw new Failed("There is no space " + space + ".");
      case AppendResult.Refused refused ->
          throw new Failed("Event " + refused.eventId() + " was refused: " + refused.detail());
    };
  }

  @Override
  public JsonObject search(SearchRequest request) {
    embedding.prepare(request.mode());
    return switch (search.engine().search(request)) {
      case SearchOutcome.Found found ->
          JacksonJson.parse(SearchJson.found(request, found, null).toString());
      case SearchOutcome.Refused refused -> throw new Failed(refused.detail());
      case SearchOutcome.NoSuchSpace none -> throw new Failed("There is no such space.");
      case SearchOutcome.NoSuchLibrary none ->
          throw new Failed("There is no such library, or that version of it is not indexed.");
    };
  }

  @Override
  public CheckReport check() {
    Path database = storage.folder().database();
    LogCheck.Result result = new SqliteFile(database).snapshot(LogCheck::run);
    List<String> findings = new ArrayList<>(result.findings());
    try {
      findings.addAll(FullTextCheck.run(database));
    } catch (SQLException e) {
      findings.add("The full text of messages cannot be read: " + e.getMessage() + ".");
    }
    return new CheckReport(result.spaces(), result.events(), findings);
  }

  @Override
  public LibraryOperator libraries() {
    return libraries;
  }

  private static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  @Override
  public String stats() {
    return embedding.stats();
  }

  @Override
  public void buildEmbeddings(boolean backstop) {
    embedding.build(backstop);
  }

  @Override
  public void close() {
    embedding.close();
  }
}
