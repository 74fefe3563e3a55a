package dev.tidemark.server.admin;

import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.server.eventlog.AppendResult;
import dev.tidemark.server.search.SearchRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The operations of the command line. Not thread-safe; close it at the end. */
public interface Operator extends AutoCloseable {

  /** The operation was refused or failed; the message is a sentence for the operator. */
  final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Failed(String message) {
      super(message);
    }

    Failed(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Makes the account where it is missing and returns a new API token for it.
   *
   * @throws Failed when the name cannot be used
   */
  String createToken(String user, boolean admin);

  /**
   * The id of the oldest shared space of that name; founded when there is none, with every
   * administrator as an owner.
   *
   * @throws Failed when there is no account yet that could own it, or the name cannot be used
   */
  String openSpace(String name);

  /** Most events of one {@link #append}. */
  int MAX_BATCH_EVENTS = 500;

  /**
   * Appends events that the server makes for an import; permission is not asked. Stored wholly or
   * not at all; an event whose id is there already is reported as a duplicate and stays as it was,
   * also when it differs from the given one. Batches are stored in the order of the calls; a caller
   * need not wait for one before it hands in the next, and is held back here when {@value
   * #BATCHES_UNDER_WAY} are under way.
   *
   * @return the places in the order of the events once they are durable; fails with {@link Failed}
   *     when the batch was refused
   */
  CompletableFuture<List<AppendResult.Place>> append(String space, List<ImportedEvent> events);

  /** Most batches that wait for their commit at a time. */
  int BATCHES_UNDER_WAY = 8;

  /**
   * Searches, usually as {@link dev.tidemark.server.search.Asker.Operator}, who sees every space.
   *
   * @return what {@link dev.tidemark.server.search.SearchJson} writes
   * @throws Failed when the text cannot be searched for, or a space, library or version is unknown
   */
  JsonObject search(SearchRequest request);

  /** Checks the file, the chain of every space and the projected tables against a replay. */
  CheckReport check();

  /** Libraries and the jobs that index them. */
  LibraryOperator libraries();

  /** What {@code GET /api/v1/stats} answers: a JSON object. */
  String stats();

  /**
   * Begins or goes on covering every text with embeddings; {@link #stats} tells how far it is.
   *
   * @param backstop whether every row is looked at again
   */
  void buildEmbeddings(boolean backstop);

  @Override
  void close();
}
