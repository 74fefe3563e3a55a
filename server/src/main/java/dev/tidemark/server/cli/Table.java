package dev.tidemark.server.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * A table as plain text: columns as wide as their widest cell, two spaces between, figures to the
 * right. Control characters from outside are shown as {@code ?}.
 */
final class Table {
  private final List<String> heads;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param heads names of the columns; a trailing {@code >} aligns the column to the right
   */
  Table(String... heads) {
    this.heads = List.of(heads);
  }

  Table row(Object... cells) {
    if (cells.length != heads.size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + heads);
    }
    List<String> row = new ArrayList<>(cells.length);
    for (Object cell : cells) {
      row.add(cell.toString().replaceAll("\\p{Cntrl}", "?"));
    }
    rows.add(row);
    return this;
  }

  List<String> lines() {
    List<String> names = heads.stream().map(head -> head.replace(">", "")).toList();
    List<List<String>> all = new ArrayList<>();
    all.add(names);
    all.addAll(rows);
    int[] widths = new int[names.size()];
    for (List<String> row : all) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : all) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        String cell = row.get(column);
        String blank = " ".repeat(widths[column] - cell.length());
        boolean right = heads.get(column).endsWith(">");
        line.append(column == 0 ? "" : "  ").append(right ? blank + cell : cell + blank);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
