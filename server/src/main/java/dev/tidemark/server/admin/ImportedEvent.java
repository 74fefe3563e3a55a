package dev.tidemark.server.admin;

import dev.tidemark.protocol.event.WorkspaceEvent;

/**
 * An event of an import.
 *
 * @param id derived from the source, so that importing again finds it
 * @param author {@code import:NICK}, or {@code system}
 * @param clientTime the original time, milliseconds since 1970
 */
public record ImportedEvent(String id, String author, long clientTime, WorkspaceEvent body) {}
