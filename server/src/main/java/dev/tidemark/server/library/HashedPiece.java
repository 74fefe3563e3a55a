package dev.tidemark.server.library;

import dev.tidemark.server.library.split.Piece;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A piece with the hash that it is stored under. */
final class HashedPiece {
  private final Piece piece;
  private final byte[] hash;

  private HashedPiece(Piece piece, byte[] hash) {
    this.piece = piece;
    this.hash = hash;
  }

  static HashedPiece of(Piece piece) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((byte) piece.kind().number());
      String language = piece.language() == null ? "" : piece.language();
      for (String part : new String[] {language, piece.title(), piece.body()}) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update(
            new byte[] {
              (byte) (bytes.length >>> 24),
              (byte) (bytes.length >>> 16),
              (byte) (bytes.length >>> 8),
              (byte) bytes.length
            });
        digest.update(bytes);
      }
      return new HashedPiece(piece, digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  Piece piece() {
    return piece;
  }

  /**
   * SHA-256 of kind, language, title and body, each with its length before it. Not to be changed.
   */
  byte[] hash() {
    return hash;
  }

  /** Rough size of its row. */
  int characters() {
    return piece.title().length() + piece.body().length();
  }
}
