package dev.tidemark.server.library.split;

import java.util.List;

/** Cuts a text into pieces. Pure, and callable from any number of threads. */
public interface Splitter {

  /**
   * Name, language and version; another id means other pieces. At most 40 characters of {@code
   * [a-z0-9/+-]}.
   */
  String id();

  /**
   * The pieces in the order of the file, at most {@link SplitSize#MAX_PIECES}.
   *
   * @param text with {@code \n} between lines, without control characters but tabs
   */
  List<Piece> split(String text);
}
