package dev.tidemark.server.library.source;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Which addresses the server may connect to. */
@FunctionalInterface
public interface AddressRule {

  boolean allows(InetAddress address);

  /**
   * Addresses of the public Internet only: not this machine, not its networks, nothing reserved
   * (IANA special-purpose registries), and no address that carries such a one inside.
   */
  AddressRule PUBLIC = AddressRule::isPublic;

  private static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address ? isPublic4(bytes, 0) : isPublic6(bytes);
  }

  private static boolean isPublic4(byte[] bytes, int from) {
    int a = bytes[from] & 0xff;
    int b = bytes[from + 1] & 0xff;
    int c = bytes[from + 2] & 0xff;
    boolean reserved =
        a == 0
            || a == 10
            || a == 127
            || (a == 100 && (b & 0xc0) == 64) // carrier-grade NAT
            || (a == 169 && b == 254)
            || (a == 172 && (b & 0xf0) == 16)
            || (a == 192 && b == 0 && (c == 0 || c == 2))
            || (a == 192 && b == 88 && c == 99)
            || (a == 192 && b == 168)
            || (a == 198 && (b & 0xfe) == 18)
            || (a == 198 && b == 51 && c == 100)
            || (a == 203 && b == 0 && c == 113)
            || a >= 224;
    return !reserved;
  }

  /** Global unicast (2000::/3) without its reserved parts; of NAT64, what lies behind it. */
  private static boolean isPublic6(byte[] bytes) {
    int first = ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
    int second = ((bytes[2] & 0xff) << 8) | (bytes[3] & 0xff);
    if (first == 0x64 && second == 0xff9b) {
      return isZero(bytes, 4, 12) && isPublic4(bytes, 12);
    }
    if (first == 0x2002) {
      return isPublic4(bytes, 2); // 6to4
    }
    boolean reserved =
        (first & 0xe000) != 0x2000
            || (first == 0x2001 && second < 0x0200) // Teredo and other protocol assignments
            || (first == 0x2001 && second == 0x0db8)
            || first == 0x3fff;
    return !reserved;
  }

  private static boolean isZero(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** What a name stands for. Given to the rules so that tests need no name server. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }
}
