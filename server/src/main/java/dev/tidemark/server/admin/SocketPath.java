package dev.tidemark.server.admin;

import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Addresses of Unix sockets, which systems limit to about a hundred bytes. */
final class SocketPath {
  private static final int LIMIT_BYTES = 100;

  private SocketPath() {}

  /**
   * The path as it is given or as it is seen from the working directory, whichever is shorter.
   *
   * @throws Operator.Failed when both are too long
   */
  static UnixDomainSocketAddress addressOf(Path socket) {
    Path absolute = socket.toAbsolutePath().normalize();
    Path relative = Path.of("").toAbsolutePath().relativize(absolute);
    Path shorter = bytes(relative) < bytes(absolute) ? relative : absolute;
    if (bytes(shorter) > LIMIT_BYTES) {
      throw new Operator.Failed(
          "The path of the data folder is too long for the command socket in it ("
              + absolute
              + "). Choose one of less than "
              + LIMIT_BYTES
              + " bytes, or start from a folder near it.");
    }
    return UnixDomainSocketAddress.of(shorter);
  }

  private static int bytes(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8).length;
  }
}
