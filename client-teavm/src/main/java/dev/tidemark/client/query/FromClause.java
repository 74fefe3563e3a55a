package dev.tidemark.client.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The views that a statement reads, joined from left to right. */
final class FromClause {
  private static final Set<String> NO_ALIAS =
      Set.of(
          "where", "group", "having", "window", "order", "limit", "offset", "join", "left", "right",
          "full", "inner", "cross", "natural", "on", "using", "indexed", "not");

  private final List<Item> items = new ArrayList<>();

  private FromClause() {}

  /** How a view is joined to those before it. */
  enum Join {
    INNER,
    LEFT
  }

  /**
   * One view under the name that the statement gives it.
   *
   * @param on the conditions of its ON
   */
  record Item(Relation relation, String name, Join join, Conditions on) {}

  /** A column of one of the views. */
  record Ref(int item, Column column) {}

  List<Item> items() {
    return items;
  }

  Item item(int index) {
    return items.get(index);
  }

  /** Reads what follows FROM; null when something else than views, joined plainly, is there. */
  static @Nullable FromClause read(SqlCursor cursor) {
    FromClause from = new FromClause();
    Join join = Join.INNER;
    do {
      if (!from.readItem(cursor, join)) {
        return null;
      }
      join = nextJoin(cursor);
    } while (join != null);
    return cursor.isEndOfConditions() && !isOtherJoin(cursor) ? from : null;
  }

  private boolean readItem(SqlCursor cursor, Join join) {
    if (!cursor.peek().isName()) {
      return false;
    }
    Relation relation = ViewColumns.find(cursor.next().text());
    if (relation == null) {
      return false;
    }
    String name = relation.name();
    boolean isNamed = cursor.takeWord("as");
    SqlToken alias = cursor.peek();
    boolean isKeyword = alias.kind() == SqlToken.Kind.WORD && NO_ALIAS.contains(alias.text());
    if (isNamed || (alias.isName() && !isKeyword)) {
      name = cursor.next().text();
    }
    for (Item other : items) {
      if (other.name().equals(name)) {
        return false;
      }
    }
    // ON may name the view that it joins.
    items.add(new Item(relation, name, join, Conditions.NONE));
    if (cursor.takeWord("on")) {
      Conditions on = Conditions.read(cursor, this);
      items.set(items.size() - 1, new Item(relation, name, join, on));
    }
    return true;
  }

  /** The join that follows, or null for the end of FROM or a kind that is not supported. */
  private static @Nullable Join nextJoin(SqlCursor cursor) {
    if (cursor.takeSymbol(",") || cursor.takeWord("join")) {
      return Join.INNER;
    }
    int start = cursor.index();
    boolean isInner = cursor.takeWord("inner") || cursor.takeWord("cross");
    boolean isLeft = !isInner && cursor.takeWord("left");
    if (isLeft) {
      cursor.takeWord("outer");
    }
    if ((isInner || isLeft) && cursor.takeWord("join")) {
      return isLeft ? Join.LEFT : Join.INNER;
    }
    cursor.goTo(start);
    return null;
  }

  private static boolean isOtherJoin(SqlCursor cursor) {
    SqlToken token = cursor.peek();
    return token.isWord("natural")
        || token.isWord("right")
        || token.isWord("full")
        || token.isWord("left")
        || token.isWord("inner")
        || token.isWord("cross")
        || token.isWord("join");
  }

  /** Reads the name of a column, with or without its view's; null when it is none, or several. */
  @Nullable Ref readColumn(SqlCursor cursor) {
    if (!cursor.peek().isName()) {
      return null;
    }
    String name = cursor.next().text();
    if (!cursor.peek().isSymbol(".")) {
      return find(null, name);
    }
    cursor.next();
    return cursor.peek().isName() ? find(name, cursor.next().text()) : null;
  }

  private @Nullable Ref find(@Nullable String item, String name) {
    Ref found = null;
    for (int i = 0; i < items.size(); i++) {
      Column column = items.get(i).relation().column(name);
      boolean isNamed = item == null || item.equals(items.get(i).name());
      if (column != null && isNamed) {
        if (found != null) {
          return null;
        }
        found = new Ref(i, column);
      }
    }
    return found;
  }
}
