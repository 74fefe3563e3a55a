package dev.tidemark.client.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One token of a statement.
 *
 * @param text words and quoted names in lower case, strings and numbers as they stand, without
 *     quotes
 * @param start index of its first character in the statement
 * @param parameter for a {@code ?}, how many stand before it
 */
record SqlToken(Kind kind, String text, int start, int parameter) {

  enum Kind {
    WORD,
    QUOTED_NAME,
    STRING,
    NUMBER,
    PARAMETER,
    SYMBOL,
    END
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && text.equals(word);
  }

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  /** Whether this could be a column, table or alias. */
  boolean isName() {
    return kind == Kind.WORD || kind == Kind.QUOTED_NAME;
  }

  /**
   * The tokens with an {@link Kind#END} behind them, or null for a statement with unfinished quotes
   * or with parameters other than plain {@code ?}.
   */
  static @Nullable List<SqlToken> scan(String sql) {
    return new Scanner(sql).scan();
  }

  /** In lower case as SQLite compares names: letters of ASCII alone. */
  static String lowerCase(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (isUpperCase(name.charAt(i))) {
        char[] lower = name.toCharArray();
        for (int k = i; k < lower.length; k++) {
          lower[k] = isUpperCase(lower[k]) ? (char) (lower[k] + ('a' - 'A')) : lower[k];
        }
        return new String(lower);
      }
    }
    return name;
  }

  private static boolean isUpperCase(char c) {
    return c >= 'A' && c <= 'Z';
  }

  private static final class Scanner {
    private final String sql;
    private final List<SqlToken> tokens = new ArrayList<>();
    private int at;
    private int parameters;
    private boolean failed;

    Scanner(String sql) {
      this.sql = sql;
    }

    @Nullable List<SqlToken> scan() {
      while (!failed && at < sql.length()) {
        char c = sql.charAt(at);
        if (c <= ' ') {
          at++;
        } else if (sql.startsWith("--", at)) {
          int end = sql.indexOf('\n', at);
          at = end < 0 ? sql.length() : end + 1;
        } else if (sql.startsWith("/*", at)) {
          int end = sql.indexOf("*/", at + 2);
          at = end < 0 ? sql.length() : end + 2;
        } else {
          token(c);
        }
      }
      if (failed) {
        return null;
      }
      tokens.add(new SqlToken(Kind.END, "", sql.length(), 0));
      return tokens;
    }

    private void token(char c) {
      int start = at;
      if (isNameStart(c)) {
        while (at < sql.length() && (isNameStart(sql.charAt(at)) || isDigit(sql.charAt(at)))) {
          at++;
        }
        add(Kind.WORD, lowerCase(sql.substring(start, at)), start);
      } else if (isDigit(c) || (c == '.' && at + 1 < sql.length() && isDigit(sql.charAt(at + 1)))) {
        number(start);
      } else if (c == '\'') {
        String text = quoted('\'');
        add(Kind.STRING, text, start);
      } else if (c == '"' || c == '`' || c == '[') {
        String text = quoted(c == '[' ? ']' : c);
        add(Kind.QUOTED_NAME, lowerCase(text), start);
      } else if (c == '?') {
        at++;
        failed |= at < sql.length() && isDigit(sql.charAt(at));
        tokens.add(new SqlToken(Kind.PARAMETER, "?", start, parameters++));
      } else if (c == ':' || c == '@' || c == '$' || c == '#') {
        failed = true;
      } else {
        at += isTwoCharacterSymbol() ? 2 : 1;
        add(Kind.SYMBOL, sql.substring(start, at), start);
      }
    }

    private void number(int start) {
      while (at < sql.length()) {
        char c = sql.charAt(at);
        boolean signOfExponent =
            (c == '+' || c == '-') && (sql.charAt(at - 1) == 'e' || sql.charAt(at - 1) == 'E');
        if (!isDigit(c) && !isNameStart(c) && c != '.' && !signOfExponent) {
          break;
        }
        at++;
      }
      add(Kind.NUMBER, sql.substring(start, at), start);
    }

    /** Reads up to the closing quote; a doubled one stands for itself, except a bracket. */
    private String quoted(char close) {
      StringBuilder text = new StringBuilder();
      at++;
      while (at < sql.length()) {
        char c = sql.charAt(at++);
        if (c != close) {
          text.append(c);
        } else if (close != ']' && at < sql.length() && sql.charAt(at) == close) {
          text.append(c);
          at++;
        } else {
          return text.toString();
        }
      }
      failed = true;
      return "";
    }

    private boolean isTwoCharacterSymbol() {
      if (at + 1 >= sql.length()) {
        return false;
      }
      return switch (sql.substring(at, at + 2)) {
        case "<=", ">=", "<>", "!=", "==", "||", "<<", ">>", "->" -> true;
        default -> false;
      };
    }

    private void add(Kind kind, String text, int start) {
      tokens.add(new SqlToken(kind, text, start, 0));
    }

    private static boolean isNameStart(char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    }

    private static boolean isDigit(char c) {
      return c >= '0' && c <= '9';
    }
  }
}
