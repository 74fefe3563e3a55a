package dev.tidemark.client.query;

import dev.tidemark.client.query.Conditions.Equation;
import dev.tidemark.client.query.Conditions.OnColumn;
import dev.tidemark.client.query.FromClause.Item;
import dev.tidemark.client.query.FromClause.Join;
import dev.tidemark.client.query.FromClause.Ref;
import dev.tidemark.client.query.Maintainable.Lookup;
import dev.tidemark.client.query.Maintainable.Order;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the select list and what stands behind WHERE, of a statement whose conditions are wholly
 * understood. Only plain columns in a total order qualify, or a sole {@code count(*)}; a joined
 * view must be found by its key.
 */
final class MaintainableReader {
  /** A longer window is asked anew instead. */
  private static final long MAX_LIMIT = 100_000;

  private final SqlCursor cursor;
  private final FromClause from;
  private final Conditions where;
  private final Relation relation;
  private final List<Lookup> lookups = new ArrayList<>();
  private final List<Ref> selected = new ArrayList<>();
  private final List<Ref> further = new ArrayList<>();
  private final Map<String, Ref> aliases = new HashMap<>();
  private final List<Order> order = new ArrayList<>();
  private int limit = Maintainable.NO_LIMIT;

  MaintainableReader(SqlCursor cursor, FromClause from, Conditions where) {
    this.cursor = cursor;
    this.from = from;
    this.where = where;
    this.relation = from.item(0).relation();
  }

  /**
   * Null when the statement does not qualify. The cursor stands behind WHERE.
   *
   * @param fromIndex of the word FROM
   */
  @Nullable Maintainable read(int fromIndex) {
    if (!isPlainWhere() || !readLookups()) {
      return null;
    }
    int behindWhere = cursor.index();
    cursor.goTo(1);
    boolean isCount = isCount(fromIndex);
    if (!isCount && !selectList(fromIndex)) {
      return null;
    }
    cursor.goTo(behindWhere);
    if (isCount) {
      return cursor.isEnd() ? maintainable(fromIndex, behindWhere) : null;
    }
    if (!orderBy()) {
      return null;
    }
    int behindOrder = cursor.index();
    if (!limit() || !cursor.isEnd() || !isTotalOrder()) {
      return null;
    }
    for (Order column : order) {
      addFurther(new Ref(0, column.column()));
    }
    for (Column column : relation.uniqueKeys().get(0)) {
      addFurther(new Ref(0, column));
    }
    for (int i = 0; i < lookups.size(); i++) {
      for (Column column : lookups.get(i).from()) {
        addFurther(new Ref(0, column));
      }
    }
    return maintainable(fromIndex, behindOrder);
  }

  private Maintainable maintainable(int fromIndex, int end) {
    StringBuilder fill = new StringBuilder("SELECT ").append(cursor.text(1, fromIndex).strip());
    for (Ref ref : further) {
      fill.append(", ");
      if (!lookups.isEmpty()) {
        fill.append('"').append(from.item(ref.item()).name().replace("\"", "\"\"")).append("\".");
      }
      fill.append(ref.column().name());
    }
    fill.append(' ').append(cursor.text(fromIndex, end));
    return new Maintainable(
        relation,
        fill.toString(),
        cursor.parametersBefore(end),
        terms(where, 0),
        lookups,
        selected,
        further,
        order,
        limit);
  }

  private static List<Term> terms(Conditions conditions, int item) {
    List<Term> terms = new ArrayList<>();
    for (OnColumn test : conditions.tests()) {
      if (test.ref().item() == item) {
        terms.add(new Term(test.ref().column(), test.test()));
      }
    }
    return terms;
  }

  private void addFurther(Ref ref) {
    if (!selected.contains(ref) && !further.contains(ref)) {
      further.add(ref);
    }
  }

  /** Whether WHERE is about the first view alone. */
  private boolean isPlainWhere() {
    boolean isPlain =
        where.isWhole() && where.equations().isEmpty() && relation.everyRow().isEmpty();
    for (OnColumn test : where.tests()) {
      isPlain &= test.ref().item() == 0;
    }
    return isPlain && from.item(0).on().equals(Conditions.NONE);
  }

  private boolean readLookups() {
    for (int i = 1; i < from.items().size(); i++) {
      Lookup lookup = lookup(i, from.item(i));
      if (lookup == null) {
        return false;
      }
      lookups.add(lookup);
    }
    return true;
  }

  private @Nullable Lookup lookup(int index, Item item) {
    Relation joined = item.relation();
    boolean isPlain =
        item.join() == Join.LEFT
            && item.on().isWhole()
            && joined.everyRow().isEmpty()
            && !joined.base().name().equals(relation.base().name());
    if (!isPlain) {
      return null;
    }
    for (OnColumn test : item.on().tests()) {
      if (test.ref().item() != index) {
        return null;
      }
    }
    List<Column> key = new ArrayList<>();
    List<Column> keyFrom = new ArrayList<>();
    for (Equation equation : item.on().equations()) {
      boolean isLeft = equation.left().item() == index;
      Ref there = isLeft ? equation.left() : equation.right();
      Ref here = isLeft ? equation.right() : equation.left();
      if (there.item() != index || here.item() != 0 || key.contains(there.column())) {
        return null;
      }
      key.add(there.column());
      keyFrom.add(here.column());
    }
    Set<Column> decided = new HashSet<>(key);
    for (OnColumn test : item.on().tests()) {
      if (test.test() instanceof Term.Test.Is) {
        decided.add(test.ref().column());
      }
    }
    boolean isUnique = false;
    for (List<Column> unique : joined.uniqueKeys()) {
      isUnique |= decided.containsAll(unique);
    }
    return isUnique ? new Lookup(joined, key, keyFrom, terms(item.on(), index)) : null;
  }

  private boolean isCount(int fromIndex) {
    boolean isCount =
        lookups.isEmpty()
            && cursor.takeWord("count")
            && cursor.takeSymbol("(")
            && cursor.takeSymbol("*")
            && cursor.takeSymbol(")")
            && alias(fromIndex) != null
            && cursor.index() == fromIndex;
    if (!isCount) {
      cursor.goTo(1);
    }
    return isCount;
  }

  private boolean selectList(int fromIndex) {
    do {
      if (!item(fromIndex)) {
        return false;
      }
    } while (cursor.takeSymbol(","));
    return cursor.index() == fromIndex;
  }

  private boolean item(int fromIndex) {
    if (cursor.takeSymbol("*")) {
      return addAll(null);
    }
    int start = cursor.index();
    SqlToken name = cursor.next();
    if (name.isName() && cursor.takeSymbol(".") && cursor.takeSymbol("*")) {
      return addAll(name.text());
    }
    cursor.goTo(start);
    Ref ref = from.readColumn(cursor);
    if (ref == null || !ref.column().isLocal()) {
      return false;
    }
    String alias = alias(fromIndex);
    if (alias == null) {
      return false;
    }
    selected.add(ref);
    return alias.isEmpty() || aliases.put(alias, ref) == null;
  }

  /** Adds all columns of the view of that name, or of all views. */
  private boolean addAll(@Nullable String name) {
    boolean isFound = false;
    for (int i = 0; i < from.items().size(); i++) {
      if (name == null || name.equals(from.item(i).name())) {
        isFound = true;
        for (Column column : from.item(i).relation().columns()) {
          if (!column.isLocal()) {
            return false;
          }
          selected.add(new Ref(i, column));
        }
      }
    }
    return isFound;
  }

  /** The alias, empty for none, null for something else. */
  private @Nullable String alias(int fromIndex) {
    if (cursor.index() == fromIndex || cursor.peek().isSymbol(",")) {
      return "";
    }
    cursor.takeWord("as");
    return cursor.peek().isName() ? cursor.next().text() : null;
  }

  private boolean orderBy() {
    if (!cursor.takeWord("order")) {
      return true;
    }
    if (!cursor.takeWord("by")) {
      return false;
    }
    do {
      Ref ref = orderColumn();
      if (ref == null || ref.item() != 0 || !ref.column().isLocal()) {
        return false;
      }
      boolean isDescending = cursor.takeWord("desc");
      if (!isDescending) {
        cursor.takeWord("asc");
      }
      order.add(new Order(ref.column(), isDescending));
    } while (cursor.takeSymbol(","));
    return true;
  }

  /** An alias wins over a column, unless its view is named too. */
  private @Nullable Ref orderColumn() {
    SqlToken token = cursor.peek();
    Ref alias = token.isName() ? aliases.get(token.text()) : null;
    int start = cursor.index();
    if (alias != null) {
      cursor.next();
      if (!cursor.peek().isSymbol(".")) {
        return alias;
      }
      cursor.goTo(start);
    }
    return from.readColumn(cursor);
  }

  private boolean limit() {
    if (!cursor.takeWord("limit")) {
      return true;
    }
    if (!cursor.takeConstant() || !(cursor.constant() instanceof Long number)) {
      return false;
    }
    if (number >= 0) {
      limit = (int) Math.min(number, MAX_LIMIT + 1);
    }
    return number <= MAX_LIMIT;
  }

  /** Whether the order, with columns that are the same in all rows, decides a unique key. */
  private boolean isTotalOrder() {
    Set<Column> decided = new HashSet<>();
    for (Order column : order) {
      decided.add(column.column());
    }
    for (OnColumn test : where.tests()) {
      if (test.test() instanceof Term.Test.Is) {
        decided.add(test.ref().column());
      }
    }
    for (List<Column> key : relation.uniqueKeys()) {
      if (decided.containsAll(key)) {
        return true;
      }
    }
    return false;
  }
}
