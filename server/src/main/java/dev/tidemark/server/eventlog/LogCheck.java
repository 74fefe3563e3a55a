package dev.tidemark.server.eventlog;

import dev.tidemark.protocol.codec.EventCodec;
import dev.tidemark.protocol.database.Database;
import dev.tidemark.protocol.database.SqlDatabase;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.protocol.jvm.JacksonJson;
import dev.tidemark.protocol.jvm.JdbcSql;
import dev.tidemark.protocol.projection.StateHash;
import dev.tidemark.protocol.projection.WorkspaceProjection;
import dev.tidemark.protocol.schema.Schema;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads the whole log again: positions without gap, payloads and chain true to their hashes, and
 * the projected tables equal to a replay from nothing. Runs on one snapshot of the file.
 */
public final class LogCheck {
  private static final int FINDINGS_LIMIT = 100;

  private final Connection connection;
  private final List<String> findings = new ArrayList<>();
  private long spaces;
  private long events;

  /** What a check found; one sentence each, at most a hundred. */
  public record Result(long spaces, long events, List<String> findings) {
    public Result {
      findings = List.copyOf(findings);
    }
  }

  private LogCheck(Connection connection) {
    this.connection = connection;
  }

  /**
   * @param connection in a read transaction
   */
  public static Result run(Connection connection) throws SQLException {
    LogCheck check = new LogCheck(connection);
    check.integrity();
    for (String space : check.spaces()) {
      check.space(space);
    }
    return new Result(check.spaces, check.events, check.findings);
  }

  private void found(String finding) {
    if (findings.size() < FINDINGS_LIMIT) {
      findings.add(finding);
    }
  }

  private void integrity() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("pragma integrity_check(20)")) {
      while (rows.next()) {
        if (!rows.getString(1).equals("ok")) {
          found("The file is damaged: " + rows.getString(1) + ".");
        }
      }
    }
  }

  private List<String> spaces() throws SQLException {
    List<String> ids = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select id from log_space order by id")) {
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
    }
    return ids;
  }

  private void space(String space) throws SQLException {
    spaces++;
    try (Connection memory = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      JdbcSql sql = new JdbcSql(memory);
      sql.execute(Schema.projectedTables());
      memory.setAutoCommit(false);
      Database replayed = new SqlDatabase(sql);
      replay(space, replayed);
      Map<String, String> expected = StateHash.ofSpace(replayed, space);
      Map<String, String> actual =
          StateHash.ofSpace(new SqlDatabase(new JdbcSql(connection)), space);
      for (Map.Entry<String, String> table : expected.entrySet()) {
        if (!table.getValue().equals(actual.get(table.getKey()))) {
          found(
              "The table "
                  + table.getKey()
                  + " of space "
                  + space
                  + " differs from a replay of its events.");
        }
      }
    }
  }

  private void replay(String space, Database replayed) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select position, id, type, author, basis, client_time, server_time, payload,"
                + " payload_hash, chain_hash from log_event where space = ? order by position")) {
      query.setString(1, space);
      Hash chain = EventHash.genesis();
      long position = 0;
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          events++;
          position++;
          if (row.getLong(1) != position) {
            found("Space " + space + " has no event at position " + position + ".");
            return;
          }
          chain = event(space, row, chain, replayed);
        }
      }
    }
  }

  private Hash event(String space, ResultSet row, Hash before, Database replayed)
      throws SQLException {
    String type = row.getString(3);
    String payload = row.getString(8);
    WorkspaceEvent body = EventCodec.decodeStored(type, JacksonJson.parse(payload));
    Event event =
        new Event(
            space,
            row.getLong(1),
            row.getString(2),
            type,
            row.getString(4),
            row.getLong(5),
            row.getLong(6),
            row.getLong(7),
            payload,
            body);
    Hash payloadHash = Hash.of(row.getBytes(9));
    boolean erased = payload.contains("\"erased\":true");
    if (!erased && !EventHash.ofPayload(type, event.clientTime(), payload).equals(payloadHash)) {
      found("The payload at " + space + ":" + event.position() + " was changed.");
    }
    Hash chain = EventHash.chain(before, event.id(), type, event.author(), payloadHash);
    if (!chain.equals(Hash.of(row.getBytes(10)))) {
      found("The chain of space " + space + " is broken at " + event.position() + ".");
    }
    WorkspaceProjection.applyConfirmed(event, replayed);
    return chain;
  }
}
