package dev.tidemark.client.query;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Walks over the tokens of a statement whose parameters are bound. */
final class SqlCursor {
  private static final Set<String> BEHIND_CONDITIONS =
      Set.of(
          "where", "group", "having", "window", "order", "limit", "offset", "join", "left", "right",
          "full", "inner", "cross", "natural");

  private final String sql;
  private final @Nullable Object[] parameters;
  private final List<SqlToken> tokens;
  private int at;
  private @Nullable Object constant;

  SqlCursor(String sql, @Nullable Object[] parameters, List<SqlToken> tokens) {
    this.sql = sql;
    this.parameters = parameters;
    this.tokens = tokens;
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

  int index() {
    return at;
  }

  void goTo(int index) {
    at = index;
  }

  List<SqlToken> tokens() {
    return tokens;
  }

  /** The statement's text from one token to just before another. */
  String text(int from, int end) {
    return sql.substring(tokens.get(from).start(), tokens.get(end).start());
  }

  /** How many {@code ?} stand before a token. */
  int parametersBefore(int end) {
    int count = 0;
    for (int i = 0; i < end; i++) {
      count += tokens.get(i).kind() == SqlToken.Kind.PARAMETER ? 1 : 0;
    }
    return count;
  }

  /** Whether nothing but semicolons is left. */
  boolean isEnd() {
    int i = at;
    while (tokens.get(i).isSymbol(";")) {
      i++;
    }
    return tokens.get(i).kind() == SqlToken.Kind.END;
  }

  /** Whether the conditions of ON or WHERE end here. */
  boolean isEndOfConditions() {
    SqlToken token = peek();
    boolean isClause =
        token.kind() == SqlToken.Kind.WORD && BEHIND_CONDITIONS.contains(token.text());
    return isClause || token.isSymbol(",") || isEnd();
  }

  /** Index of the first such word outside parentheses, or -1. */
  int find(String word) {
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

  /** Skips to the next AND or the end of the conditions; false when an OR was on the way. */
  boolean skipCondition() {
    int depth = 0;
    boolean isBetween = false;
    boolean isConjunction = true;
    while (depth > 0 ? peek().kind() != SqlToken.Kind.END : !isEndOfConditions()) {
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

  /** Reads a parameter or literal, then found in {@link #constant()}; false for anything else. */
  boolean takeConstant() {
    boolean isNegative = takeSymbol("-");
    SqlToken token = next();
    constant = null;
    if (isNegative && token.kind() != SqlToken.Kind.NUMBER) {
      return false;
    }
    return switch (token.kind()) {
      case PARAMETER -> {
        boolean isBound = token.parameter() < parameters.length;
        constant = isBound ? SqlValues.normal(parameters[token.parameter()]) : null;
        yield constant == null || constant instanceof String || constant instanceof Number;
      }
      case STRING -> {
        constant = token.text();
        yield true;
      }
      case NUMBER -> {
        Long number = integer(token.text());
        constant = number != null && isNegative ? Long.valueOf(-number) : number;
        yield number != null;
      }
      case WORD -> token.text().equals("null");
      case QUOTED_NAME, SYMBOL, END -> false;
    };
  }

  /** What {@link #takeConstant()} has read last. */
  @Nullable Object constant() {
    return constant;
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
}
