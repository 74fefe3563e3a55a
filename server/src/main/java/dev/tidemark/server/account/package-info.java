/**
 * Who may ask: accounts, sessions, API tokens and the one-time set-up link.
 *
 * <p>This room owns the tables {@code account}, {@code account_session}, {@code account_token} and
 * {@code account_setup}. It keeps only SHA-256 hashes of secrets, so that a stolen file opens
 * nothing. The HTTP room asks it who a request comes from; the command line makes tokens through
 * it. Writing goes through the group writer, reading through the reader pool; {@link
 * dev.tidemark.server.account.Accounts} may be called from any thread.
 */
@NullMarked
package dev.tidemark.server.account;

import org.jspecify.annotations.NullMarked;
