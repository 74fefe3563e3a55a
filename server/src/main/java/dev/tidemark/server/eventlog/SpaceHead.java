package dev.tidemark.server.eventlog;

/**
 * A space as one of its members sees it.
 *
 * @param role wire name of the member's role
 * @param hash chain hash at the head, as cursors carry it
 * @param personal whether it is that member's own personal space
 */
public record SpaceHead(
    String id, String name, String role, long head, String hash, boolean personal) {}
