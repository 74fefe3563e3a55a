package dev.tidemark.server.account;

/**
 * Somebody who signs in.
 *
 * @param id the author of their events, as in {@link dev.tidemark.protocol.event.Ids}
 * @param name how they want to be shown
 * @param admin whether they may create spaces and see the administration
 */
public record Account(String id, String name, boolean admin) {}
