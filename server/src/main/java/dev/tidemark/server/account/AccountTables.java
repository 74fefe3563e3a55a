package dev.tidemark.server.account;

import dev.tidemark.server.database.StatementCache;
import dev.tidemark.server.database.WriteTransaction;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The SQL of this room. Times are milliseconds since 1970. */
public final class AccountTables {
  /** DDL. */
  public static final String SCHEMA =
      """
      create table account (
        id text primary key,
        name text not null,
        admin integer not null,
        created_at integer not null
      ) strict, without rowid;
      create table account_session (
        hash text primary key,
        account text not null,
        created_at integer not null,
        expires_at integer not null
      ) strict, without rowid;
      create table account_token (
        hash text primary key,
        account text not null,
        created_at integer not null
      ) strict, without rowid;
      create table account_setup (
        only integer primary key check (only = 1),
        hash text not null,
        used_at integer
      ) strict;
      """;

  private AccountTables() {}

  static List<String> admins(StatementCache reader) throws SQLException {
    List<String> ids = new ArrayList<>();
    try (ResultSet row =
        reader
            .prepare("select id from account where admin = 1 order by created_at, id")
            .executeQuery()) {
      while (row.next()) {
        ids.add(row.getString(1));
      }
    }
    return ids;
  }

  static @Nullable Account find(WriteTransaction transaction, String id) throws SQLException {
    return account(transaction.prepare("select id, name, admin from account where id = ?"), id);
  }

  static @Nullable Account ofToken(StatementCache reader, String hash) throws SQLException {
    return account(
        reader.prepare(
            "select a.id, a.name, a.admin from account_token t join account a on a.id = t.account"
                + " where t.hash = ?"),
        hash);
  }

  /** The account and the end of a session, or null where there is no such session. */
  static @Nullable SessionRow ofSession(StatementCache reader, String hash) throws SQLException {
    PreparedStatement query =
        reader.prepare(
            "select a.id, a.name, a.admin, s.expires_at from account_session s"
                + " join account a on a.id = s.account where s.hash = ?");
    query.setString(1, hash);
    try (ResultSet row = query.executeQuery()) {
      return row.next() ? new SessionRow(read(row), row.getLong(4)) : null;
    }
  }

  record SessionRow(Account account, long expiresAtMillis) {}

  static void insert(WriteTransaction transaction, Account account, long nowMillis)
      throws SQLException {
    transaction.update(
        "insert into account(id, name, admin, created_at) values (?, ?, ?, ?)",
        account.id(),
        account.name(),
        account.admin() ? 1 : 0,
        nowMillis);
  }

  static void makeAdmin(WriteTransaction transaction, String id) throws SQLException {
    transaction.update("update account set admin = 1 where id = ?", id);
  }

  static void insertToken(WriteTransaction transaction, String hash, String account, long nowMillis)
      throws SQLException {
    transaction.update(
        "insert into account_token(hash, account, created_at) values (?, ?, ?)",
        hash,
        account,
        nowMillis);
  }

  static void insertSession(
      WriteTransaction transaction, String hash, String account, long nowMillis, long expiresAt)
      throws SQLException {
    transaction.update(
        "insert into account_session(hash, account, created_at, expires_at)"
            + " values (?, ?, ?, ?)",
        hash,
        account,
        nowMillis,
        expiresAt);
  }

  static void deleteSession(WriteTransaction transaction, String hash) throws SQLException {
    transaction.update("delete from account_session where hash = ?", hash);
  }

  static void deleteExpiredSessions(WriteTransaction transaction, long nowMillis)
      throws SQLException {
    transaction.update("delete from account_session where expires_at <= ?", nowMillis);
  }

  /** Whether somebody has used a set-up link. */
  static boolean isSetUp(WriteTransaction transaction) throws SQLException {
    try (ResultSet row = transaction.prepare("select used_at from account_setup").executeQuery()) {
      return row.next() && row.getObject(1) != null;
    }
  }

  static void replaceSetup(WriteTransaction transaction, String hash) throws SQLException {
    transaction.update("insert or replace into account_setup(only, hash) values (1, ?)", hash);
  }

  /** Marks the set-up link as used; false when it is another one or was used before. */
  static boolean useSetup(WriteTransaction transaction, String hash, long nowMillis)
      throws SQLException {
    return transaction.update(
            "update account_setup set used_at = ? where hash = ? and used_at is null",
            nowMillis,
            hash)
        == 1;
  }

  private static @Nullable Account account(PreparedStatement query, String key)
      throws SQLException {
    query.setString(1, key);
    try (ResultSet row = query.executeQuery()) {
      return row.next() ? read(row) : null;
    }
  }

  private static Account read(ResultSet row) throws SQLException {
    return new Account(row.getString(1), row.getString(2), row.getInt(3) != 0);
  }
}
