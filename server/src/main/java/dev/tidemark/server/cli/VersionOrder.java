package dev.tidemark.server.cli;

import dev.tidemark.server.library.LibraryVersion;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Which of some tags is the newest: by the time of its commit where all are known, else by the
 * numbers in the names ({@code v10.2} after {@code v9.11}), names with a word behind the numbers
 * ({@code v2.0.0-rc.1}) before those without.
 */
final class VersionOrder {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final Pattern PRE_RELEASE =
      Pattern.compile("(?i)[0-9][-._]?(alpha|beta|rc|pre|preview|dev|next|canary|snapshot|m[0-9])");

  private VersionOrder() {}

  /** The name of the newest; {@code versions} is not empty. */
  static String newest(List<LibraryVersion> versions) {
    boolean dated = versions.stream().allMatch(version -> version.committedAt() > 0);
    Comparator<LibraryVersion> order =
        Comparator.comparing(LibraryVersion::name, VersionOrder::compare);
    if (dated) {
      order = Comparator.comparingLong(LibraryVersion::committedAt).thenComparing(order);
    }
    return versions.stream().max(order).orElseThrow().name();
  }

  static int compare(String a, String b) {
    boolean finalA = !PRE_RELEASE.matcher(a).find();
    boolean finalB = !PRE_RELEASE.matcher(b).find();
    if (finalA != finalB) {
      return finalA ? 1 : -1;
    }
    List<BigInteger> left = numbers(a);
    List<BigInteger> right = numbers(b);
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int order = left.get(i).compareTo(right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return left.size() != right.size()
        ? Integer.compare(left.size(), right.size())
        : a.compareTo(b);
  }

  private static List<BigInteger> numbers(String name) {
    return NUMBER.matcher(name).results().map(MatchResult::group).map(BigInteger::new).toList();
  }
}
