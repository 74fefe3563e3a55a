package dev.tidemark.server.eventlog;

import dev.tidemark.protocol.event.Event;
import dev.tidemark.server.database.StatementCache;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The hot queries of the log; a test asserts from their plans that each walks an index. Every one
 * that returns data asks for the membership in the same statement: no moment lies between.
 */
final class LogReader {

  /** A page's events; no row at all when the user is no member. */
  static final String PAGE =
      """
      select e.position, e.id, e.type, e.author, e.basis, e.client_time, e.server_time, e.payload,
        e.chain_hash
      from member m join log_event e on e.space = m.space
      where m.space = ? and m.user = ? and e.position > ?
      order by e.position limit ?
      """;

  /** The role and the head; no row when the user is no member. */
  static final String MEMBERSHIP_AND_HEAD =
      """
      select m.role,
        (select e.position from log_event e where e.space = m.space
          order by e.position desc limit 1)
      from member m where m.space = ? and m.user = ?
      """;

  private static final String SPACE_COLUMNS =
      """
      select s.id, s.name, m.role, e.position, e.chain_hash, s.personal_of is not null
      from member m
      join log_space s on s.id = m.space
      join log_event e on e.space = m.space
        and e.position = (select max(l.position) from log_event l where l.space = m.space)
      """;

  static final String SPACES_OF_USER = SPACE_COLUMNS + "where m.user = ? order by m.space";

  static final String SPACE_OF_USER = SPACE_COLUMNS + "where m.space = ? and m.user = ?";

  static final String HASH_AT = "select chain_hash from log_event where space = ? and position = ?";

  /** A page ends early after so many characters of payloads, so that no answer grows huge. */
  static final long PAGE_CHARACTERS = 1_500_000;

  private LogReader() {}

  static @Nullable EventPage page(
      StatementCache reader, String space, String user, long after, int limit) throws SQLException {
    PreparedStatement heads = reader.prepare(MEMBERSHIP_AND_HEAD);
    heads.setString(1, space);
    heads.setString(2, user);
    long head;
    try (ResultSet row = heads.executeQuery()) {
      if (!row.next()) {
        return null;
      }
      head = row.getLong(2);
    }
    List<LoggedEvent> events = new ArrayList<>();
    PreparedStatement page = reader.prepare(PAGE);
    page.setString(1, space);
    page.setString(2, user);
    page.setLong(3, after);
    page.setInt(4, limit);
    try (ResultSet row = page.executeQuery()) {
      long characters = 0;
      while (characters < PAGE_CHARACTERS && row.next()) {
        LoggedEvent event = event(space, row);
        characters += event.event().payload().length();
        events.add(event);
      }
    }
    // The two statements see the log at two moments; what was added between belongs to the page.
    long last = events.isEmpty() ? 0 : events.getLast().event().position();
    return new EventPage(events, Math.max(head, last));
  }

  private static LoggedEvent event(String space, ResultSet row) throws SQLException {
    Event event =
        new Event(
            space,
            row.getLong(1),
            row.getString(2),
            row.getString(3),
            row.getString(4),
            row.getLong(5),
            row.getLong(6),
            row.getLong(7),
            row.getString(8),
            null);
    return new LoggedEvent(event, Hash.of(row.getBytes(9)));
  }

  static List<SpaceHead> spacesOf(StatementCache reader, String user) throws SQLException {
    PreparedStatement query = reader.prepare(SPACES_OF_USER);
    query.setString(1, user);
    List<SpaceHead> spaces = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        spaces.add(space(row));
      }
    }
    return spaces;
  }

  static @Nullable SpaceHead spaceOf(StatementCache reader, String user, String space)
      throws SQLException {
    PreparedStatement query = reader.prepare(SPACE_OF_USER);
    query.setString(1, space);
    query.setString(2, user);
    try (ResultSet row = query.executeQuery()) {
      return row.next() ? space(row) : null;
    }
  }

  private static SpaceHead space(ResultSet row) throws SQLException {
    return new SpaceHead(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getLong(4),
        Hash.of(row.getBytes(5)).inCursor(),
        row.getInt(6) != 0);
  }

  static @Nullable String hashAt(StatementCache reader, String space, long position)
      throws SQLException {
    if (position == 0) {
      return EventHash.genesis().inCursor();
    }
    PreparedStatement query = reader.prepare(HASH_AT);
    query.setString(1, space);
    query.setLong(2, position);
    try (ResultSet row = query.executeQuery()) {
      return row.next() ? Hash.of(row.getBytes(1)).inCursor() : null;
    }
  }
}
