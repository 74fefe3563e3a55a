package dev.tidemark.server.jobs;

import dev.tidemark.server.database.StatementCache;
import dev.tidemark.server.database.WriteTransaction;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The SQL of the table {@code job}. */
final class JobRows {
  private static final String COLUMNS =
      "number, id, library, version, state, stage, files_total, files_done, files_skipped,"
          + " snippets, snippets_reused, attempts, claim, error, worker, lease_until, created_at,"
          + " started_at, finished_at";

  static final String BY_ID = "select " + COLUMNS + " from job where id = ?";
  static final String UNFINISHED =
      "select "
          + COLUMNS
          + " from job where library = ? and version = ?"
          + " and state in ('queued', 'running', 'paused')";
  static final String UNFINISHED_OF_LIBRARY =
      "select "
          + COLUMNS
          + " from job where library = ? and state in ('queued', 'running', 'paused') limit ?";
  static final String RUNNING = "select " + COLUMNS + " from job where state = 'running'";
  static final String WAITING_BY_LIBRARY =
      "select library, min(number) from job where state = 'queued' group by library";
  static final String RUNNING_BY_LIBRARY =
      "select library, count(*) from job where state = 'running' group by library";
  static final String WAITING_OF_LIBRARY =
      "select "
          + COLUMNS
          + " from job where state = 'queued' and library = ? order by number limit ?";
  static final String BY_STATE = "select state, count(*) from job group by state";

  /** Finished jobs older than the newest {@link JobQueue#KEPT} are forgotten, some at a time. */
  static final String FORGET =
      "delete from job where number in (select number from job where number <="
          + " (select max(number) from job) - ? and state in ('done', 'failed', 'cancelled')"
          + " order by number limit 100)";

  private JobRows() {}

  /** The page's numbers from an index alone, then their rows. */
  static String page(boolean prefix, Set<JobState> states) {
    return "select "
        + COLUMNS
        + " from job where number in (select number from job"
        + where(prefix, states)
        + " order by number desc limit ? offset ?) order by number desc";
  }

  static String total(boolean prefix, Set<JobState> states) {
    return "select count(*) from job" + where(prefix, states);
  }

  /** A range instead of LIKE: it uses the index, and no character of the prefix is special. */
  private static String where(boolean prefix, Set<JobState> states) {
    List<String> conditions = new ArrayList<>();
    if (!states.isEmpty()) {
      conditions.add(
          states.stream()
              .sorted()
              .map(state -> "'" + state.text() + "'")
              .collect(Collectors.joining(", ", "state in (", ")")));
    }
    if (prefix) {
      conditions.add("library >= ? and library < ?");
    }
    return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
  }

  static JobPage page(
      StatementCache reader, String prefix, Set<JobState> states, long offset, int size)
      throws SQLException {
    boolean filtered = !prefix.isEmpty();
    PreparedStatement total = reader.prepare(total(filtered, states));
    PreparedStatement page = reader.prepare(page(filtered, states));
    int next = 1;
    if (filtered) {
      // The greatest code point there is: everything that begins with the prefix sorts below.
      String end = prefix + new String(Character.toChars(Character.MAX_CODE_POINT));
      for (PreparedStatement statement : List.of(total, page)) {
        statement.setString(1, prefix);
        statement.setString(2, end);
      }
      next = 3;
    }
    page.setInt(next, size);
    page.setLong(next + 1, offset);
    try (ResultSet count = total.executeQuery()) {
      return new JobPage(
          all(page).stream().map(JobRow::job).toList(), count.next() ? count.getLong(1) : 0);
    }
  }

  static @Nullable JobRow find(StatementCache reader, String id) throws SQLException {
    return first(reader.prepare(BY_ID), id);
  }

  static @Nullable JobRow find(WriteTransaction transaction, String id) throws SQLException {
    return first(transaction.prepare(BY_ID), id);
  }

  static @Nullable JobRow unfinished(WriteTransaction transaction, String library, String version)
      throws SQLException {
    return first(transaction.prepare(UNFINISHED), library, version);
  }

  static List<JobRow> all(PreparedStatement select) throws SQLException {
    List<JobRow> rows = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        rows.add(read(row));
      }
    }
    return rows;
  }

  static Map<String, Long> longs(PreparedStatement select) throws SQLException {
    Map<String, Long> longs = new HashMap<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        longs.put(row.getString(1), row.getLong(2));
      }
    }
    return longs;
  }

  private static @Nullable JobRow first(PreparedStatement select, String... parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      select.setString(i + 1, parameters[i]);
    }
    List<JobRow> rows = all(select);
    return rows.isEmpty() ? null : rows.getFirst();
  }

  static Job insert(
      WriteTransaction transaction, String id, String library, String version, long now)
      throws SQLException {
    transaction.update(
        "insert into job (id, library, version, state, stage, files_total, files_done,"
            + " files_skipped, snippets, snippets_reused, attempts, claim, created_at)"
            + " values (?, ?, ?, 'queued', '', 0, 0, 0, 0, 0, 0, 0, ?)",
        id,
        library,
        version,
        now);
    return new Job(
        id, library, version, JobState.QUEUED, "", 0, 0, 0, 0, 0, 0, null, null, now, null, null);
  }

  static void update(WriteTransaction transaction, JobRow row) throws SQLException {
    PreparedStatement update =
        transaction.prepare(
            "update job set state = ?, stage = ?, files_total = ?, files_done = ?,"
                + " files_skipped = ?, snippets = ?, snippets_reused = ?, attempts = ?, claim = ?,"
                + " error = ?, worker = ?, lease_until = ?, started_at = ?, finished_at = ?"
                + " where number = ?");
    Job job = row.job();
    Integer worker = job.worker();
    update.setString(1, job.state().text());
    update.setString(2, job.stage());
    update.setLong(3, job.filesTotal());
    update.setLong(4, job.filesDone());
    update.setLong(5, job.filesSkipped());
    update.setLong(6, job.snippets());
    update.setLong(7, job.snippetsReused());
    update.setInt(8, job.attempts());
    update.setLong(9, row.claim());
    update.setString(10, job.error());
    set(update, 11, worker == null ? null : worker.longValue());
    set(update, 12, row.leaseUntil());
    set(update, 13, job.startedAt());
    set(update, 14, job.finishedAt());
    update.setLong(15, row.number());
    update.executeUpdate();
  }

  private static void set(PreparedStatement statement, int index, @Nullable Long value)
      throws SQLException {
    if (value == null) {
      statement.setNull(index, Types.INTEGER);
    } else {
      statement.setLong(index, value);
    }
  }

  private static JobRow read(ResultSet row) throws SQLException {
    JobState state = JobState.parse(row.getString("state"));
    if (state == null) {
      throw new IllegalStateException("unknown state of a job: " + row.getString("state"));
    }
    Long worker = nullable(row, "worker");
    Job job =
        new Job(
            row.getString("id"),
            row.getString("library"),
            row.getString("version"),
            state,
            row.getString("stage"),
            row.getLong("files_total"),
            row.getLong("files_done"),
            row.getLong("files_skipped"),
            row.getLong("snippets"),
            row.getLong("snippets_reused"),
            row.getInt("attempts"),
            row.getString("error"),
            worker == null ? null : worker.intValue(),
            row.getLong("created_at"),
            nullable(row, "started_at"),
            nullable(row, "finished_at"));
    return new JobRow(
        row.getLong("number"), job, row.getLong("claim"), nullable(row, "lease_until"));
  }

  private static @Nullable Long nullable(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }
}
