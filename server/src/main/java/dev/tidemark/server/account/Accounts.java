package dev.tidemark.server.account;

import dev.tidemark.server.account.AccountTables.SessionRow;
import dev.tidemark.server.database.GroupWriter;
import dev.tidemark.server.database.ReaderPool;
import dev.tidemark.server.database.Verdict;
import dev.tidemark.server.database.WriteTransaction;
import dev.tidemark.server.space.Spaces;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Accounts and the secrets that open them. Every account gets its personal space in the transaction
 * that makes it. Callable from any thread; each call waits for its commit.
 */
public final class Accounts {
  /** How long a session lasts without signing in again. */
  public static final Duration SESSION_LIFE = Duration.ofDays(30);

  private static final int WORK_BYTES = 1_000;

  private final GroupWriter writer;
  private final ReaderPool readers;
  private final Spaces spaces;
  private final Clock clock;
  private final CredentialCache cache = new CredentialCache();
  private volatile Consumer<Credential> onRevoked = credential -> {};

  public Accounts(GroupWriter writer, ReaderPool readers, Spaces spaces, Clock clock) {
    this.writer = writer;
    this.readers = readers;
    this.spaces = spaces;
    this.clock = clock;
  }

  /** Who hears, on the writer thread, of each session that ends before its time. */
  public void onRevoked(Consumer<Credential> listener) {
    onRevoked = listener;
  }

  /** The account behind a credential, or null when it is unknown, revoked or expired. */
  public @Nullable Account signedIn(Credential credential) {
    long now = clock.millis();
    CredentialCache.Entry entry = cache.find(credential);
    if (entry == null) {
      long version = cache.version();
      entry = load(credential);
      if (entry == null) {
        return null;
      }
      cache.put(credential, entry, version);
    }
    return entry.expiresAtMillis() > now ? entry.account() : null;
  }

  private CredentialCache.@Nullable Entry load(Credential credential) {
    return readers.read(reader ->
        switch (credential) {
          case Credential.Token token -> {
            Account account = AccountTables.ofToken(reader, token.hash());
            yield account == null ? null : new CredentialCache.Entry(account, Long.MAX_VALUE);
          }
          case Credential.Session session -> {
            SessionRow row = AccountTables.ofSession(reader, session.hash());
            yield row == null
                ? null
                : new CredentialCache.Entry(row.account(), row.expiresAtMillis());
          }
        });
  }

  /** Ids of all administrators, the first one made first. */
  public List<String> admins() {
    return readers.read(AccountTables::admins);
  }

  /**
   * Makes the account where it is missing and a new API token for it.
   *
   * @param name a valid user id, or a name from which {@link UserIds} derives one
   * @param admin makes the account an administrator; false leaves it as it is
   * @return the token, which is kept nowhere
   */
  public String createToken(String name, boolean admin) {
    String secret = Secret.next("tm_");
    run(transaction -> {
      Account account = ensure(transaction, name, admin);
      AccountTables.insertToken(transaction, Secret.hash(secret), account.id(), clock.millis());
      return new Verdict.Keep<>(account);
    });
    return secret;
  }

  /** A new one-time set-up secret in place of the last one, or null once one has been used. */
  public @Nullable String prepareSetup() {
    String secret = Secret.next("");
    boolean open =
        run(transaction -> {
          if (AccountTables.isSetUp(transaction)) {
            return new Verdict.Keep<>(false);
          }
          AccountTables.replaceSetup(transaction, Secret.hash(secret));
          return new Verdict.Keep<>(true);
        });
    return open ? secret : null;
  }

  /** An account that has just signed in, and the secret of its new session. */
  public record SignedIn(Account account, String sessionSecret) {}

  /** Uses the set-up link: makes the administrator and signs in. Null when the link is spent. */
  public @Nullable SignedIn useSetup(String setupSecret, String name) {
    String sessionSecret = Secret.next("");
    Optional<Account> account =
        run(transaction -> {
          long now = clock.millis();
          if (!AccountTables.useSetup(transaction, Secret.hash(setupSecret), now)) {
            return new Verdict.Keep<>(Optional.empty());
          }
          Account admin = ensure(transaction, name, true);
          AccountTables.deleteExpiredSessions(transaction, now);
          AccountTables.insertSession(
              transaction,
              Secret.hash(sessionSecret),
              admin.id(),
              now,
              now + SESSION_LIFE.toMillis());
          return new Verdict.Keep<>(Optional.of(admin));
        });
    return account.map(signedIn -> new SignedIn(signedIn, sessionSecret)).orElse(null);
  }

  /** Starts a session for the account of an API token. Null when the token opens nothing. */
  public @Nullable SignedIn useToken(String tokenSecret) {
    Account account = signedIn(Credential.ofToken(tokenSecret));
    if (account == null) {
      return null;
    }
    String sessionSecret = Secret.next("");
    return run(transaction -> {
      long now = clock.millis();
      AccountTables.deleteExpiredSessions(transaction, now);
      AccountTables.insertSession(
          transaction,
          Secret.hash(sessionSecret),
          account.id(),
          now,
          now + SESSION_LIFE.toMillis());
      return new Verdict.Keep<>(new SignedIn(account, sessionSecret));
    });
  }

  /** Ends a session now; its streams are closed. */
  public void revoke(Credential.Session session) {
    run(transaction -> {
      AccountTables.deleteSession(transaction, session.hash());
      transaction.afterCommit(() -> onRevoked.accept(session));
      return new Verdict.Keep<>(session);
    });
  }

  private Account ensure(WriteTransaction transaction, String name, boolean admin)
      throws SQLException {
    String id = UserIds.fromName(name);
    Account found = AccountTables.find(transaction, id);
    if (found == null) {
      AccountTables.insert(transaction, new Account(id, name, admin), clock.millis());
      spaces.foundPersonal(transaction, id);
    } else if (admin && !found.admin()) {
      AccountTables.makeAdmin(transaction, id);
    }
    if (admin) {
      spaces.adopt(transaction, id);
    }
    return new Account(
        id, found == null ? name : found.name(), admin || (found != null && found.admin()));
  }

  private <T> T run(GroupWriter.Work<T> work) {
    CompletableFuture<T> result =
        writer.submit(
            WORK_BYTES,
            transaction -> {
              transaction.afterCommit(cache::clear);
              return work.run(transaction);
            });
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
