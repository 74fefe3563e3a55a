package dev.tidemark.server.stream;

/**
 * @param total streams open at a time
 * @param perUser of them, by one user
 */
public record StreamLimits(int total, int perUser) {
  public static final StreamLimits DEFAULT = new StreamLimits(10_000, 2_000);
}
