package dev.tidemark.server.http;

import dev.tidemark.protocol.codec.ProblemCode;
import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.protocol.json.JsonText;
import dev.tidemark.server.account.Account;
import dev.tidemark.server.account.Accounts;
import dev.tidemark.server.account.Credential;
import dev.tidemark.server.account.UserIds;
import dev.tidemark.server.http.Authentication.Principal;
import io.javalin.http.Context;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/session}: who am I, sign in by the set-up link or an API token, sign out. */
final class SessionRoutes {
  private static final int BODY_BYTES = 16_384;

  private final Authentication authentication;
  private final Accounts accounts;

  SessionRoutes(Authentication authentication, Accounts accounts) {
    this.authentication = authentication;
    this.accounts = accounts;
  }

  void show(Context context) {
    Principal principal = authentication.require(context);
    Query.allowOnly(context, Set.of());
    Responses.json(context, 200, user(principal.account()));
  }

  void signIn(Context context) {
    Authentication.requireOwnOrigin(context);
    Query.allowOnly(context, Set.of());
    JsonObject body = Bodies.object(context, BODY_BYTES);
    String apiToken = text(body, "token");
    Accounts.SignedIn signedIn =
        apiToken != null && body.names().size() == 1 ? byToken(apiToken) : bySetup(body);
    setCookie(context, signedIn.sessionSecret(), Accounts.SESSION_LIFE.toSeconds());
    Responses.json(context, 201, user(signedIn.account()));
  }

  /** The way into a second browser: an API token, given once, becomes a session of its own. */
  private Accounts.SignedIn byToken(String apiToken) {
    Accounts.SignedIn signedIn = accounts.useToken(apiToken);
    if (signedIn == null) {
      throw new Problem(ProblemCode.NOT_SIGNED_IN, "This token is unknown or revoked.");
    }
    return signedIn;
  }

  private Accounts.SignedIn bySetup(JsonObject body) {
    String setupToken = text(body, "setupToken");
    String name = text(body, "name");
    if (setupToken == null || name == null || body.names().size() != 2) {
      throw Problem.invalid(
          "Send {\"setupToken\": \"...\", \"name\": \"...\"} or {\"token\": \"...\"}.");
    }
    String objection = UserIds.objection(name.strip());
    if (objection != null) {
      throw Problem.invalid(objection);
    }
    Accounts.SignedIn signedIn = accounts.useSetup(setupToken, name.strip());
    if (signedIn == null) {
      throw new Problem(
          ProblemCode.NOT_SIGNED_IN,
          "This set-up link was used before or is not the latest one. The server prints a new one"
              + " at its start until one has been used; after that, make an API token with ./run"
              + " token.");
    }
    return signedIn;
  }

  void signOut(Context context) {
    Principal principal = authentication.require(context);
    if (principal.credential() instanceof Credential.Session session) {
      accounts.revoke(session);
    }
    setCookie(context, "", 0);
    context.status(204);
  }

  private static void setCookie(Context context, String value, long maxAgeSeconds) {
    boolean https = Authentication.isHttps(context);
    String cookie =
        (https ? Authentication.SECURE_COOKIE : Authentication.COOKIE)
            + "="
            + value
            + "; Path=/; Max-Age="
            + maxAgeSeconds
            + "; HttpOnly; SameSite=Lax"
            + (https ? "; Secure" : "");
    context.res().addHeader("Set-Cookie", cookie);
  }

  private static @Nullable String text(JsonObject body, String name) {
    return body.kind(name) == JsonObject.Kind.TEXT ? body.text(name) : null;
  }

  private static JsonText user(Account account) {
    return new JsonText()
        .beginObject()
        .name("user")
        .beginObject()
        .name("id")
        .value(account.id())
        .name("name")
        .value(account.name())
        .name("admin")
        .value(account.admin())
        .endObject()
        .endObject();
  }
}
