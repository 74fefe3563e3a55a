package dev.tidemark.server.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.server.database.DataFolder;
import dev.tidemark.server.eventlog.SpaceHead;
import dev.tidemark.server.storage.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountsTest {

  /** A clock that stands until it is moved. */
  private static final class HandClock extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    void advance(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @TempDir Path data;
  private final HandClock clock = new HandClock();
  private Storage storage;
  private Accounts accounts;

  @BeforeEach
  void open() {
    storage = new Storage(DataFolder.open(data), clock);
    accounts = storage.accounts();
  }

  @AfterEach
  void close() {
    storage.close();
  }

  @Test
  void a_session_opens_nothing_after_its_life() {
    String setup = Objects.requireNonNull(accounts.prepareSetup());
    Accounts.SignedIn signedIn = Objects.requireNonNull(accounts.useSetup(setup, "Ada"));
    Credential session = Credential.ofSession(signedIn.sessionSecret());
    clock.advance(Accounts.SESSION_LIFE.minusSeconds(1));
    assertNotNull(accounts.signedIn(session));
    clock.advance(Duration.ofSeconds(1));
    assertNull(accounts.signedIn(session));
  }

  @Test
  void a_token_is_no_session_and_a_session_no_token() {
    String token = accounts.createToken("ada", false);
    assertNotNull(accounts.signedIn(Credential.ofToken(token)));
    assertNull(accounts.signedIn(Credential.ofSession(token)));
  }

  @Test
  void each_account_gets_its_personal_space() {
    accounts.createToken("ada", false);
    accounts.createToken("ada", false);
    List<SpaceHead> spaces = storage.log().spacesOf("ada");
    assertEquals(1, spaces.size());
    assertTrue(spaces.getFirst().personal());
    assertEquals("owner", spaces.getFirst().role());
  }

  @Test
  void a_space_without_an_owner_falls_to_the_next_administrator() {
    String space = storage.spaces().findOrFound("Imported", accounts.admins()).join();
    accounts.createToken("bob", false);
    assertNull(storage.log().spaceOf("bob", space));
    accounts.createToken("ada", true);
    assertEquals("owner", Objects.requireNonNull(storage.log().spaceOf("ada", space)).role());
    accounts.createToken("eve", true);
    assertNull(storage.log().spaceOf("eve", space));
  }

  @Test
  void no_secret_is_kept_in_clear() throws IOException {
    String setup = Objects.requireNonNull(accounts.prepareSetup());
    String token = accounts.createToken("ada", true);
    String session = Objects.requireNonNull(accounts.useSetup(setup, "ada")).sessionSecret();
    storage.writer().close();
    try (Stream<Path> files = Files.list(data)) {
      for (Path file : files.toList()) {
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        for (String secret : List.of(setup, token, session)) {
          assertFalse(content.contains(secret), file.toString());
        }
      }
    }
  }

  @Test
  void a_name_that_is_an_id_is_the_id_and_others_are_spelled_plainly() {
    assertEquals("ada_L-1", UserIds.fromName("ada_L-1"));
    assertEquals("Zoe-Muller", UserIds.fromName("Zoë  Müller!"));
    for (String name : List.of("", " ", "system", "!!!", "a\u0000b", "x".repeat(65))) {
      assertNotNull(UserIds.objection(name), name);
    }
  }
}
