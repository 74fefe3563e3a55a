package dev.tidemark.client.query;

import dev.tidemark.client.query.Maintainable.Order;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the select list and what stands behind WHERE, of a statement whose WHERE is wholly
 * understood. Only plain columns in a total order qualify, or a sole {@code count(*)}.
 */
final class MaintainableReader {
  /** A longer window is asked anew instead. */
  private static final long MAX_LIMIT = 100_000;

  private final SelectAnalyser tokens;
  private final String sql;
  private final Relation relation;
  private final List<Term> terms;
  private final List<Column> selected = new ArrayList<>();
  private final Map<String, Column> aliases = new HashMap<>();
  private final List<Order> order = new ArrayList<>();
  private int limit = Maintainable.NO_LIMIT;

  MaintainableReader(SelectAnalyser tokens, String sql, Relation relation, List<Term> terms) {
    this.tokens = tokens;
    this.sql = sql;
    this.relation = relation;
    this.terms = terms;
  }

  /** Null when the statement does not qualify; {@code from} is the index of the word FROM. */
  @Nullable Maintainable read(int from) {
    int behindWhere = tokens.index();
    String list = sql.substring(tokens.at(0).start() + "select".length(), tokens.at(from).start());
    tokens.goTo(1);
    boolean isCount = isCount(from);
    if (!isCount && !selectList(from)) {
      return null;
    }
    tokens.goTo(behindWhere);
    if (isCount) {
      return tokens.isEnd() ? maintainable(list, from, behindWhere, List.of()) : null;
    }
    if (!orderBy()) {
      return null;
    }
    int behindOrder = tokens.index();
    if (!limit() || !tokens.isEnd()) {
      return null;
    }
    List<Column> key = rowKey();
    if (key == null) {
      return null;
    }
    List<Column> further = new ArrayList<>();
    for (Order column : order) {
      addFurther(further, column.column());
    }
    for (Column column : key) {
      addFurther(further, column);
    }
    return maintainable(list, from, behindOrder, further);
  }

  private Maintainable maintainable(String list, int from, int end, List<Column> further) {
    StringBuilder fill = new StringBuilder("SELECT").append(list.stripTrailing());
    for (Column column : further) {
      fill.append(", ").append(column.name());
    }
    fill.append(' ').append(sql, tokens.at(from).start(), tokens.at(end).start());
    int parameters = 0;
    for (int i = 0; i < end; i++) {
      parameters += tokens.at(i).kind() == SqlToken.Kind.PARAMETER ? 1 : 0;
    }
    return new Maintainable(
        relation, fill.toString(), parameters, terms, selected, further, order, limit);
  }

  private void addFurther(List<Column> further, Column column) {
    if (!selected.contains(column) && !further.contains(column)) {
      further.add(column);
    }
  }

  private boolean isCount(int from) {
    boolean isCount =
        tokens.takeWord("count")
            && tokens.takeSymbol("(")
            && tokens.takeSymbol("*")
            && tokens.takeSymbol(")")
            && alias(from) != null
            && tokens.index() == from;
    if (!isCount) {
      tokens.goTo(1);
    }
    return isCount;
  }

  private boolean selectList(int from) {
    do {
      if (!item(from)) {
        return false;
      }
    } while (tokens.takeSymbol(","));
    return tokens.index() == from;
  }

  private boolean item(int from) {
    if (tokens.takeSymbol("*")) {
      return addAll();
    }
    int start = tokens.index();
    if (tokens.next().isName() && tokens.takeSymbol(".") && tokens.takeSymbol("*")) {
      return addAll();
    }
    tokens.goTo(start);
    Column column = tokens.column(relation);
    if (column == null || !column.isLocal()) {
      return false;
    }
    String alias = alias(from);
    if (alias == null) {
      return false;
    }
    selected.add(column);
    if (!alias.isEmpty() && aliases.put(alias, column) != null) {
      return false;
    }
    return true;
  }

  private boolean addAll() {
    for (Column column : relation.columns()) {
      if (!column.isLocal()) {
        return false;
      }
      selected.add(column);
    }
    return true;
  }

  /** The alias, empty for none, null for something else. */
  private @Nullable String alias(int from) {
    if (tokens.index() == from || tokens.peek().isSymbol(",")) {
      return "";
    }
    tokens.takeWord("as");
    return tokens.peek().isName() ? tokens.next().text() : null;
  }

  private boolean orderBy() {
    if (!tokens.takeWord("order")) {
      return true;
    }
    if (!tokens.takeWord("by")) {
      return false;
    }
    do {
      Column column = aliases.get(tokens.peek().text());
      if (column != null && tokens.peek().isName()) {
        tokens.next();
      } else {
        column = tokens.column(relation);
      }
      if (column == null || !column.isLocal()) {
        return false;
      }
      boolean isDescending = tokens.takeWord("desc");
      if (!isDescending) {
        tokens.takeWord("asc");
      }
      order.add(new Order(column, isDescending));
    } while (tokens.takeSymbol(","));
    return true;
  }

  private boolean limit() {
    if (!tokens.takeWord("limit")) {
      return true;
    }
    if (!tokens.constant() || !(tokens.lastConstant() instanceof Long number)) {
      return false;
    }
    if (number >= 0) {
      limit = (int) Math.min(number, MAX_LIMIT + 1);
    }
    return number <= MAX_LIMIT;
  }

  /**
   * Columns that tell rows apart: a unique key that the order, together with columns that are the
   * same in all rows, decides. Null when rows could tie.
   */
  private @Nullable List<Column> rowKey() {
    Set<Column> decided = new HashSet<>();
    for (Order column : order) {
      decided.add(column.column());
    }
    for (Term term : terms) {
      if (term.test() instanceof Term.Test.Is) {
        decided.add(term.column());
      }
    }
    for (List<Column> key : relation.uniqueKeys()) {
      if (decided.containsAll(key)) {
        return relation.uniqueKeys().get(0);
      }
    }
    return null;
  }
}
