package dev.tidemark.server.library;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which paths of a library are read, as somebody wished it: below the rules for all libraries,
 * which it cannot widen.
 *
 * @param include when there are any, a path must match one of these patterns
 * @param exclude a path that matches one of these is left out
 */
public record PathChoice(List<String> include, List<String> exclude) {
  public static final PathChoice ALL = new PathChoice(List.of(), List.of());

  private static final int MAX_PATTERNS = 20;
  private static final char INCLUDED = '+';
  private static final char EXCLUDED = '-';

  public PathChoice {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
  }

  /** Why it cannot be used, in one sentence, or null. */
  @Nullable String objection() {
    if (include.size() > MAX_PATTERNS || exclude.size() > MAX_PATTERNS) {
      return "A library has at most "
          + MAX_PATTERNS
          + " patterns of paths to include and as many to exclude.";
    }
    return Stream.concat(include.stream(), exclude.stream())
        .map(Glob::objectionTo)
        .filter(objection -> objection != null)
        .findFirst()
        .orElse(null);
  }

  /** Tells whether a path is read; cheaper than asking the choice for each. */
  PathFilter filter() {
    List<Glob> wanted = include.stream().map(Glob::new).toList();
    List<Glob> unwanted = exclude.stream().map(Glob::new).toList();
    return path ->
        (wanted.isEmpty() || wanted.stream().anyMatch(glob -> glob.matches(path)))
            && unwanted.stream().noneMatch(glob -> glob.matches(path));
  }

  /** What {@link #filter} makes. */
  @FunctionalInterface
  interface PathFilter {
    boolean takes(String path);
  }

  /**
   * As the table holds it: a line for each pattern, begun by a line end, so that it can be put
   * behind the id of the rules; empty for all paths.
   */
  String stored() {
    StringBuilder text = new StringBuilder();
    include.forEach(pattern -> text.append('\n').append(INCLUDED).append(pattern));
    exclude.forEach(pattern -> text.append('\n').append(EXCLUDED).append(pattern));
    return text.toString();
  }

  static PathChoice parse(String stored) {
    List<String> include = new ArrayList<>();
    List<String> exclude = new ArrayList<>();
    stored
        .lines()
        .filter(line -> !line.isEmpty())
        .forEach(line -> (line.charAt(0) == INCLUDED ? include : exclude).add(line.substring(1)));
    return new PathChoice(include, exclude);
  }

  /** For people: {@code +docs/** -docs/old/**}. */
  public String text() {
    return this.equals(ALL) ? "all" : stored().strip().replace('\n', ' ');
  }
}
