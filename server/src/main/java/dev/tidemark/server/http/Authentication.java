package dev.tidemark.server.http;

import dev.tidemark.protocol.codec.ProblemCode;
import dev.tidemark.server.account.Account;
import dev.tidemark.server.account.Accounts;
import dev.tidemark.server.account.Credential;
import io.javalin.http.Context;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who asks. An API token in {@code Authorization} counts before the session cookie. Because
 * browsers send cookies by themselves, a request that comes with one must come from a page of this
 * server.
 */
final class Authentication {
  static final String COOKIE = "tidemark-session";

  /**
   * Over HTTPS: the prefix makes browsers insist on Secure, on the path / and on this very host.
   */
  static final String SECURE_COOKIE = "__Host-tidemark-session";

  private static final String BEARER = "bearer ";

  private final Accounts accounts;

  Authentication(Accounts accounts) {
    this.accounts = accounts;
  }

  /** An account with the proof that it showed. */
  record Principal(Account account, Credential credential) {
    String user() {
      return account.id();
    }
  }

  /**
   * @throws Problem 401 without a valid credential, 403 when a cookie comes from another site
   */
  Principal require(Context context) {
    Credential credential = credential(context);
    if (credential == null) {
      throw new Problem(ProblemCode.NOT_SIGNED_IN, "Sign in, or send an API token.");
    }
    Account account = accounts.signedIn(credential);
    if (account == null) {
      throw new Problem(
          ProblemCode.NOT_SIGNED_IN, "This token or session is unknown, ended or revoked.");
    }
    return new Principal(account, credential);
  }

  /**
   * @throws Problem 403 for anybody who is no administrator, and as {@link #require}
   */
  Principal requireAdmin(Context context) {
    Principal principal = require(context);
    if (!principal.account().admin()) {
      throw new Problem(ProblemCode.FORBIDDEN, "Only administrators may do that.");
    }
    return principal;
  }

  boolean isSignedIn(Principal principal) {
    return accounts.signedIn(principal.credential()) != null;
  }

  private static @Nullable Credential credential(Context context) {
    String header = context.header("Authorization");
    if (header != null) {
      if (!header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
        throw new Problem(ProblemCode.NOT_SIGNED_IN, "Send: Authorization: Bearer TOKEN.");
      }
      return Credential.ofToken(header.substring(BEARER.length()).strip());
    }
    String cookie = context.cookie(isHttps(context) ? SECURE_COOKIE : COOKIE);
    if (cookie == null || cookie.isEmpty()) {
      return null;
    }
    requireOwnOrigin(context);
    return Credential.ofSession(cookie);
  }

  static boolean isHttps(Context context) {
    return context.scheme().equals("https");
  }

  /** Host and port decide, not the scheme: behind a proxy that ends TLS we only see http. */
  private static boolean isOwn(String origin, String host) {
    return origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host);
  }

  /**
   * Refuses requests that a page of another site made the browser send.
   *
   * @throws Problem 403
   */
  static void requireOwnOrigin(Context context) {
    String origin = context.header("Origin");
    String site = context.header("Sec-Fetch-Site");
    boolean foreignOrigin = origin != null && !isOwn(origin, String.valueOf(context.host()));
    boolean foreignSite = site != null && !site.equals("same-origin") && !site.equals("none");
    if (foreignOrigin || foreignSite) {
      throw new Problem(
          ProblemCode.WRONG_ORIGIN, "This request was made by a page of another site.");
    }
  }
}
