package dev.tidemark.server.jobs;

import java.security.SecureRandom;

/** Ids of jobs: short enough to type, and not to be guessed from another. */
final class JobIds {
  /** No letters that look like others. */
  private static final char[] LETTERS = "abcdefghjkmnpqrstuvwxyz23456789".toCharArray();

  private static final int LENGTH = 10;
  private static final SecureRandom RANDOM = new SecureRandom();

  private JobIds() {}

  static String next() {
    StringBuilder id = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      id.append(LETTERS[RANDOM.nextInt(LETTERS.length)]);
    }
    return id.toString();
  }
}
