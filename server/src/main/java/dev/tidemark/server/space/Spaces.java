package dev.tidemark.server.space;

import dev.tidemark.protocol.codec.EventTypes;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.Role;
import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.server.database.GroupWriter;
import dev.tidemark.server.database.Verdict;
import dev.tidemark.server.database.WriteTransaction;
import dev.tidemark.server.eventlog.AppendResult;
import dev.tidemark.server.eventlog.Batch;
import dev.tidemark.server.eventlog.EventLog;
import dev.tidemark.server.eventlog.Proposal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Founds spaces. The first event of each is the founder's {@code member.joined} at position 1. */
public final class Spaces {
  public static final int MAX_NAME_CHARACTERS = 120;

  private static final String PERSONAL_NAME = "Personal";
  private static final int WORK_BYTES = 1_000;

  private final EventLog log;
  private final GroupWriter writer;
  private final Clock clock;

  public Spaces(EventLog log, GroupWriter writer, Clock clock) {
    this.log = log;
    this.writer = writer;
    this.clock = clock;
  }

  /** Why a name cannot be used, as a sentence, or null when it can. */
  public static @Nullable String objection(String name) {
    if (name.isBlank() || name.length() > MAX_NAME_CHARACTERS) {
      return "The name of a space has 1 to " + MAX_NAME_CHARACTERS + " characters.";
    }
    return name.chars().anyMatch(Character::isISOControl)
        ? "The name of a space has no control characters."
        : null;
  }

  /** Founds a shared space; the id is completed after the commit. */
  public CompletableFuture<String> found(String name, String owner) {
    return writer.submit(
        WORK_BYTES, transaction -> new Verdict.Keep<>(found(transaction, name, owner)));
  }

  /** Founds a shared space in somebody's transaction and returns its id. */
  public String found(WriteTransaction transaction, String name, String owner) throws SQLException {
    return found(transaction, name, owner, null);
  }

  /**
   * The oldest shared space of a name, founded where there is none. Without an owner it belongs to
   * the first administrator that comes, see {@link #adopt}.
   */
  public CompletableFuture<String> findOrFound(String name, List<String> owners) {
    return writer.submit(
        WORK_BYTES,
        transaction -> {
          String found = findByName(transaction, name);
          if (found != null) {
            return new Verdict.Keep<>(found);
          }
          String id = insert(transaction, name, null);
          for (String owner : owners) {
            join(transaction, id, owner);
          }
          return new Verdict.Keep<>(id);
        });
  }

  /** Makes an administrator the owner of each shared space that has none. */
  public void adopt(WriteTransaction transaction, String admin) throws SQLException {
    List<String> ownerless = new ArrayList<>();
    try (ResultSet row =
        transaction
            .prepare(
                "select s.id from log_space s where s.personal_of is null and not exists"
                    + " (select 1 from member m where m.space = s.id and m.role = 'owner')")
            .executeQuery()) {
      while (row.next()) {
        ownerless.add(row.getString(1));
      }
    }
    for (String space : ownerless) {
      join(transaction, space, admin);
    }
  }

  /** Founds the personal space of a new account. */
  public void foundPersonal(WriteTransaction transaction, String user) throws SQLException {
    found(transaction, PERSONAL_NAME, user, user);
  }

  private @Nullable String findByName(WriteTransaction transaction, String name)
      throws SQLException {
    PreparedStatement query =
        transaction.prepare(
            "select id from log_space where name = ? and personal_of is null"
                + " order by created_at, id limit 1");
    query.setString(1, name);
    try (ResultSet row = query.executeQuery()) {
      return row.next() ? row.getString(1) : null;
    }
  }

  private String found(
      WriteTransaction transaction, String name, String owner, @Nullable String personalOf)
      throws SQLException {
    String id = insert(transaction, name, personalOf);
    join(transaction, id, owner);
    return id;
  }

  private String insert(WriteTransaction transaction, String name, @Nullable String personalOf)
      throws SQLException {
    String id = UUID.randomUUID().toString();
    transaction.update(
        "insert into log_space(id, name, personal_of, created_at) values (?, ?, ?, ?)",
        id,
        name,
        personalOf,
        clock.millis());
    return id;
  }

  private void join(WriteTransaction transaction, String space, String owner) throws SQLException {
    WorkspaceEvent joined = new WorkspaceEvent.MemberJoined(owner, Role.OWNER);
    Event event =
        new Event(
            space,
            0,
            UUID.randomUUID().toString(),
            EventTypes.of(joined).name(),
            Event.SYSTEM_AUTHOR,
            0,
            clock.millis(),
            0,
            EventTypes.encode(joined),
            joined);
    Batch batch = new Batch(space, Batch.Origin.SERVER, List.of(Proposal.of(event)), WORK_BYTES);
    AppendResult result = log.appendIn(transaction, batch).answer();
    if (!(result instanceof AppendResult.Appended)) {
      throw new IllegalStateException("founding " + space + " was refused: " + result);
    }
  }
}
