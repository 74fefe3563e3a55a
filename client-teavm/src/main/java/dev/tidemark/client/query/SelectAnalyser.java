package dev.tidemark.client.query;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code SELECT ... FROM one-view [alias] [WHERE a AND b ...] [ORDER BY ...] [LIMIT n]}.
 * Rules:
 *
 * <ol>
 *   <li>A term is taken only when it is wholly understood and nothing but AND or the end of WHERE
 *       follows; any other term is left out, which only widens what is matched.
 *   <li>One OR on the top level leaves out all terms.
 *   <li>Every name in the statement that is a column counts as read, wherever it stands.
 * </ol>
 */
final class SelectAnalyser {
  private static final Set<String> BEHIND_WHERE =
      Set.of("group", "having", "window", "order", "limit", "offset");

  private final String sql;
  private final @Nullable Object[] parameters;
  private final List<SqlToken> tokens;
  private final List<Term> terms = new ArrayList<>();
  private boolean allTermsKnown = true;
  private int at;
  private @Nullable Object operand;
  private @Nullable String alias;

  private SelectAnalyser(String sql, @Nullable Object[] parameters, List<SqlToken> tokens) {
    this.sql = sql;
    this.parameters = parameters;
    this.tokens = tokens;
  }

  /**
   * What was understood.
   *
   * @param reads columns of the relation that can matter
   * @param terms conditions that every row of the result passes
   * @param maintainable how to keep the result without asking again, or null
   */
  record Analysis(
      Relation relation,
      Set<Column> reads,
      List<Term> terms,
      @Nullable Maintainable maintainable) {}

  /** Null when the statement is not of this form. */
  static @Nullable Analysis analyse(String sql, @Nullable Object[] parameters) {
    List<SqlToken> tokens = SqlToken.scan(sql);
    if (tokens == null || !isSingleSelect(tokens)) {
      return null;
    }
    return new SelectAnalyser(sql, parameters, tokens).statement();
  }

  private static boolean isSingleSelect(List<SqlToken> tokens) {
    int selects = 0;
    for (SqlToken token : tokens) {
      if (token.isWord("select") || token.isWord("values")) {
        selects++;
      }
    }
    return selects == 1 && tokens.get(0).isWord("select");
  }

  private @Nullable Analysis statement() {
    int from = find("from");
    if (from < 0 || !tokens.get(from + 1).isName()) {
      return null;
    }
    at = from + 1;
    Relation relation = ViewColumns.find(next().text());
    if (relation == null || !alias()) {
      return null;
    }
    if (takeWord("where")) {
      where(relation);
    }
    Maintainable maintainable = null;
    if (allTermsKnown && relation.everyRow().isEmpty()) {
      maintainable = new MaintainableReader(this, sql, relation, terms).read(from);
    }
    return new Analysis(relation, reads(relation), terms, maintainable);
  }

  /** Index of the first such word outside parentheses, or -1. */
  private int find(String word) {
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      SqlToken token = tokens.get(i);
      if (token.isSymbol("(")) {
        depth++;
      } else if (token.isSymbol(")")) {
        depth--;
      } else if (depth == 0 && token.isWord(word)) {
        return i;
      }
    }
    return -1;
  }

  /** Reads an optional alias; false when something other than a clause follows. */
  private boolean alias() {
    if (peek().isWord("as")) {
      at++;
    }
    boolean isAlias = peek().isName() && !peek().isWord("where") && !isBehindWhere(peek());
    if (isAlias) {
      alias = next().text();
    }
    return peek().isWord("where") || isBehindWhere(peek()) || isEnd();
  }

  private void where(Relation relation) {
    boolean isOr = false;
    do {
      int start = at;
      List<Term> understood = term(relation);
      boolean isWhole = peek().isWord("and") || isEndOfWhere();
      if (understood != null && isWhole) {
        terms.addAll(understood);
      } else {
        allTermsKnown = false;
        at = start;
        isOr |= !skipTerm();
      }
    } while (takeWord("and"));
    if (isOr) {
      terms.clear();
      allTermsKnown = false;
    }
  }

  /** One term, two for BETWEEN, or null, with the position anywhere, when it is not understood. */
  private @Nullable List<Term> term(Relation relation) {
    Column column = column(relation);
    if (column == null || !column.isLocal()) {
      return null;
    }
    if (takeWord("between")) {
      return between(column);
    }
    Term.Test test = test(column);
    return test == null ? null : List.of(new Term(column, test));
  }

  /** A column by its name, with or without the source's name before it. */
  @Nullable Column column(Relation relation) {
    if (!peek().isName()) {
      return null;
    }
    String name = next().text();
    if (peek().isSymbol(".")) {
      if (!name.equals(alias == null ? relation.name() : alias)) {
        return null;
      }
      at++;
      if (!peek().isName()) {
        return null;
      }
      name = next().text();
    }
    return relation.column(name);
  }

  private Term.@Nullable Test test(Column column) {
    SqlToken operator = next();
    if (operator.kind() == SqlToken.Kind.SYMBOL) {
      return operand(column) ? comparison(operator.text(), operand) : null;
    }
    if (operator.kind() != SqlToken.Kind.WORD) {
      return null;
    }
    return switch (operator.text()) {
      case "is" -> {
        boolean isNegated = takeWord("not");
        if (!operand(column)) {
          yield null;
        }
        yield isNegated ? new Term.Test.IsNot(operand) : new Term.Test.Is(operand);
      }
      case "isnull" -> new Term.Test.Is(null);
      case "notnull" -> new Term.Test.IsNot(null);
      case "not" -> takeWord("null") ? new Term.Test.IsNot(null) : null;
      case "in" -> list(column);
      default -> null;
    };
  }

  private static Term.@Nullable Test comparison(String operator, @Nullable Object constant) {
    if (constant == null) {
      return switch (operator) {
        case "=", "==", "<>", "!=", "<", "<=", ">", ">=" -> new Term.Test.Never();
        default -> null;
      };
    }
    return switch (operator) {
      case "=", "==" -> new Term.Test.Is(constant);
      case "<>", "!=" -> new Term.Test.Differs(constant);
      case "<" -> new Term.Test.Ordered(Term.Comparison.LESS, constant);
      case "<=" -> new Term.Test.Ordered(Term.Comparison.AT_MOST, constant);
      case ">" -> new Term.Test.Ordered(Term.Comparison.GREATER, constant);
      case ">=" -> new Term.Test.Ordered(Term.Comparison.AT_LEAST, constant);
      default -> null;
    };
  }

  private Term.@Nullable Test list(Column column) {
    if (!takeSymbol("(")) {
      return null;
    }
    Set<Object> constants = new LinkedHashSet<>();
    if (takeSymbol(")")) {
      return new Term.Test.Never();
    }
    do {
      if (!operand(column)) {
        return null;
      }
      if (operand != null) {
        constants.add(operand);
      }
    } while (takeSymbol(","));
    if (!takeSymbol(")")) {
      return null;
    }
    return constants.isEmpty() ? new Term.Test.Never() : new Term.Test.OneOf(constants);
  }

  private @Nullable List<Term> between(Column column) {
    if (!operand(column)) {
      return null;
    }
    Term.Test low = comparison(">=", operand);
    if (low == null || !takeWord("and") || !operand(column)) {
      return null;
    }
    Term.Test high = comparison("<=", operand);
    return high == null ? null : List.of(new Term(column, low), new Term(column, high));
  }

  /**
   * Reads a constant into {@link #operand}; false when there is none, or one that SQLite would
   * convert before comparing it with the column.
   */
  private boolean operand(Column column) {
    return constant() && column.type().comparesExactly(operand);
  }

  /** Reads a constant into {@link #operand}. */
  boolean constant() {
    boolean isNegative = takeSymbol("-");
    SqlToken token = next();
    operand = null;
    if (isNegative && token.kind() != SqlToken.Kind.NUMBER) {
      return false;
    }
    switch (token.kind()) {
      case PARAMETER -> {
        operand =
            token.parameter() < parameters.length
                ? SqlValues.normal(parameters[token.parameter()])
                : null;
        return operand == null || operand instanceof String || operand instanceof Number;
      }
      case STRING -> operand = token.text();
      case NUMBER -> {
        Long number = integer(token.text());
        if (number == null) {
          return false;
        }
        operand = isNegative ? Long.valueOf(-number) : number;
      }
      case WORD -> {
        return token.text().equals("null");
      }
      case QUOTED_NAME, SYMBOL, END -> {
        return false;
      }
    }
    return true;
  }

  /** The constant that {@link #constant()} has read. */
  @Nullable Object lastConstant() {
    return operand;
  }

  /** A plain decimal integer, or null. */
  private static @Nullable Long integer(String text) {
    if (text.length() > 18) {
      return null;
    }
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return null;
      }
      value = value * 10 + (c - '0');
    }
    return value;
  }

  /** Skips to the next AND or the end of WHERE; false when an OR was on the way. */
  private boolean skipTerm() {
    int depth = 0;
    boolean isBetween = false;
    boolean isConjunction = true;
    while (!isEnd() && (depth > 0 || !isBehindWhere(peek()))) {
      SqlToken token = peek();
      if (depth == 0 && token.isWord("and") && !isBetween) {
        return isConjunction;
      }
      if (token.isSymbol("(") || token.isWord("case")) {
        depth++;
      } else if (token.isSymbol(")") || token.isWord("end")) {
        depth--;
      } else if (depth == 0 && token.isWord("between")) {
        isBetween = true;
      } else if (depth == 0 && token.isWord("and")) {
        isBetween = false;
      } else if (depth == 0 && token.isWord("or")) {
        isConjunction = false;
      }
      at++;
    }
    return isConjunction;
  }

  private Set<Column> reads(Relation relation) {
    Set<Column> reads = new LinkedHashSet<>();
    for (int i = 0; i < tokens.size(); i++) {
      SqlToken token = tokens.get(i);
      boolean isStar = token.isSymbol("*") && !tokens.get(i - 1).isSymbol("(");
      if (isStar) {
        reads.addAll(relation.columns());
      } else if (token.isName() || token.kind() == SqlToken.Kind.STRING) {
        // SQLite takes a string for a name where only a name can stand.
        Column column = relation.column(token.text());
        if (column != null) {
          reads.add(column);
        }
      }
    }
    return reads;
  }

  SqlToken peek() {
    return tokens.get(at);
  }

  SqlToken next() {
    SqlToken token = tokens.get(at);
    if (token.kind() != SqlToken.Kind.END) {
      at++;
    }
    return token;
  }

  SqlToken at(int index) {
    return tokens.get(index);
  }

  void goTo(int index) {
    at = index;
  }

  int index() {
    return at;
  }

  boolean takeWord(String word) {
    boolean isThere = peek().isWord(word);
    at += isThere ? 1 : 0;
    return isThere;
  }

  boolean takeSymbol(String symbol) {
    boolean isThere = peek().isSymbol(symbol);
    at += isThere ? 1 : 0;
    return isThere;
  }

  /** Whether nothing but semicolons is left. */
  boolean isEnd() {
    int i = at;
    while (tokens.get(i).isSymbol(";")) {
      i++;
    }
    return tokens.get(i).kind() == SqlToken.Kind.END;
  }

  private boolean isEndOfWhere() {
    return isEnd() || isBehindWhere(peek());
  }

  private static boolean isBehindWhere(SqlToken token) {
    return token.kind() == SqlToken.Kind.WORD && BEHIND_WHERE.contains(token.text());
  }
}
