package dev.tidemark.server.http;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where and how to listen.
 *
 * @param port 0 for any free one
 * @param tls certificate and key, or null for plain HTTP
 */
public record HttpSettings(String host, int port, @Nullable Tls tls) {

  /**
   * @param certificate PEM with the chain, the server's own certificate first
   * @param key PEM with the private key in PKCS #8
   */
  public record Tls(Path certificate, Path key) {}
}
