package dev.tidemark.server.search;

import dev.tidemark.server.search.ContextOutcome.Piece;
import dev.tidemark.server.search.Neighbourhood.Placed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fills a budget of tokens with pieces, in the order they are offered. A piece that does not fit is
 * left out and smaller ones may still come; only the very first is cut to fit. In the text pieces
 * of one file stand together in the file's order, files in the order of their best piece.
 */
final class TokenBudget {
  /** What a heading with its source costs beside the title. */
  private static final int FRAME_TOKENS = 24;

  private static final int CHARACTERS_PER_TOKEN = 4;
  private static final String SEPARATOR = "\n\n----\n\n";

  private final int limit;
  private final Map<Long, Entry> taken = new LinkedHashMap<>();
  private int used;

  private record Entry(Placed placed, Piece piece) {}

  TokenBudget(int limit) {
    this.limit = limit;
  }

  /** Takes a snippet when it fits; one that is there already is not taken again. */
  boolean offer(Placed placed, double score) {
    if (taken.containsKey(placed.number())) {
      return false;
    }
    int frame = FRAME_TOKENS + (placed.title().length() + placed.path().length()) / 4;
    int cost = frame + placed.tokens();
    if (used + cost <= limit) {
      take(placed, placed.body(), placed.tokens(), cost, score);
      return true;
    }
    if (taken.isEmpty() && limit > frame) {
      int room = limit - frame;
      take(placed, cut(placed.body(), room * CHARACTERS_PER_TOKEN), room, limit, score);
      return true;
    }
    return false;
  }

  private void take(Placed placed, String body, int tokens, int cost, double score) {
    used += cost;
    Piece piece =
        new Piece(
            placed.title(), placed.path(), placed.line(), placed.language(), body, tokens, score);
    taken.put(placed.number(), new Entry(placed, piece));
  }

  private static String cut(String body, int characters) {
    if (body.length() <= characters) {
      return body;
    }
    int end = Character.isLowSurrogate(body.charAt(characters)) ? characters - 1 : characters;
    return body.substring(0, end) + "…";
  }

  int used() {
    return used;
  }

  /** Pieces in the order of the text. */
  List<Piece> pieces() {
    Map<String, List<Entry>> files = new LinkedHashMap<>();
    taken
        .values()
        .forEach(entry ->
            files.computeIfAbsent(entry.placed().path(), x -> new ArrayList<>()).add(entry));
    List<Piece> ordered = new ArrayList<>(taken.size());
    for (List<Entry> file : files.values()) {
      file.sort(Comparator.comparingLong(entry -> entry.placed().ordinal()));
      file.forEach(entry -> ordered.add(entry.piece()));
    }
    return ordered;
  }

  /** The pieces with their sources as one text. */
  static String text(List<Piece> pieces, String libraryId, String version) {
    List<String> blocks = new ArrayList<>(pieces.size());
    for (Piece piece : pieces) {
      blocks.add(
          "### "
              + piece.title()
              + "\n\nSource: "
              + libraryId
              + " "
              + version
              + ", "
              + piece.path()
              + ":"
              + piece.line()
              + "\n\n"
              + piece.body().strip());
    }
    return String.join(SEPARATOR, blocks);
  }
}
