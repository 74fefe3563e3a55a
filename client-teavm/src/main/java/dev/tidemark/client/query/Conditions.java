package dev.tidemark.client.query;

import dev.tidemark.client.query.FromClause.Ref;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The conjunction behind WHERE or ON. A condition is taken only when it is wholly understood and
 * nothing but AND or the end follows; any other is left out. One OR on the top level leaves out
 * all.
 *
 * @param tests of columns against constants
 * @param equations between columns
 * @param isWhole whether nothing was left out
 */
record Conditions(List<OnColumn> tests, List<Equation> equations, boolean isWhole) {
  static final Conditions NONE = new Conditions(List.of(), List.of(), true);

  Conditions {
    tests = List.copyOf(tests);
    equations = List.copyOf(equations);
  }

  record OnColumn(Ref ref, Term.Test test) {}

  /** Two columns of the same type, compared by {@code =}: neither is NULL then. */
  record Equation(Ref left, Ref right) {}

  static Conditions read(SqlCursor cursor, FromClause from) {
    return new Reader(cursor, from).read();
  }

  private static final class Reader {
    private final SqlCursor cursor;
    private final FromClause from;
    private final List<OnColumn> tests = new ArrayList<>();
    private final List<Equation> equations = new ArrayList<>();

    Reader(SqlCursor cursor, FromClause from) {
      this.cursor = cursor;
      this.from = from;
    }

    Conditions read() {
      boolean isWhole = true;
      boolean isConjunction = true;
      do {
        int start = cursor.index();
        int testsBefore = tests.size();
        int equationsBefore = equations.size();
        boolean isUnderstood = condition();
        if (!isUnderstood || !(cursor.peek().isWord("and") || cursor.isEndOfConditions())) {
          tests.subList(testsBefore, tests.size()).clear();
          equations.subList(equationsBefore, equations.size()).clear();
          isWhole = false;
          cursor.goTo(start);
          isConjunction &= cursor.skipCondition();
        }
      } while (cursor.takeWord("and"));
      return isConjunction
          ? new Conditions(tests, equations, isWhole)
          : new Conditions(List.of(), List.of(), false);
    }

    /** Reads one condition; false, with the position anywhere, when it is not understood. */
    private boolean condition() {
      Ref ref = from.readColumn(cursor);
      if (ref == null) {
        return false;
      }
      if (cursor.takeWord("between")) {
        return between(ref);
      }
      int start = cursor.index();
      if (equation(ref)) {
        return true;
      }
      cursor.goTo(start);
      Term.Test test = ref.column().isLocal() ? test(ref.column()) : null;
      return test != null && tests.add(new OnColumn(ref, test));
    }

    private boolean equation(Ref left) {
      if (!cursor.takeSymbol("=") && !cursor.takeSymbol("==")) {
        return false;
      }
      Ref right = from.readColumn(cursor);
      boolean isPlain =
          right != null
              && left.column().isPlain()
              && right.column().isPlain()
              && left.column().type() == right.column().type();
      return right != null && isPlain && equations.add(new Equation(left, right));
    }

    private boolean between(Ref ref) {
      Column column = ref.column();
      if (!column.isLocal() || !operand(column)) {
        return false;
      }
      Term.Test low = comparison(">=", cursor.constant());
      if (low == null || !cursor.takeWord("and") || !operand(column)) {
        return false;
      }
      Term.Test high = comparison("<=", cursor.constant());
      return high != null
          && tests.add(new OnColumn(ref, low))
          && tests.add(new OnColumn(ref, high));
    }

    private Term.@Nullable Test test(Column column) {
      SqlToken operator = cursor.next();
      if (operator.kind() == SqlToken.Kind.SYMBOL) {
        return operand(column) ? comparison(operator.text(), cursor.constant()) : null;
      }
      if (operator.kind() != SqlToken.Kind.WORD) {
        return null;
      }
      return switch (operator.text()) {
        case "is" -> {
          boolean isNegated = cursor.takeWord("not");
          if (!operand(column)) {
            yield null;
          }
          Object constant = cursor.constant();
          yield isNegated ? new Term.Test.IsNot(constant) : new Term.Test.Is(constant);
        }
        case "isnull" -> new Term.Test.Is(null);
        case "notnull" -> new Term.Test.IsNot(null);
        case "not" -> cursor.takeWord("null") ? new Term.Test.IsNot(null) : null;
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
      if (!cursor.takeSymbol("(")) {
        return null;
      }
      if (cursor.takeSymbol(")")) {
        return new Term.Test.Never();
      }
      Set<Object> constants = new LinkedHashSet<>();
      do {
        if (!operand(column)) {
          return null;
        }
        Object constant = cursor.constant();
        if (constant != null) {
          constants.add(constant);
        }
      } while (cursor.takeSymbol(","));
      if (!cursor.takeSymbol(")")) {
        return null;
      }
      return constants.isEmpty() ? new Term.Test.Never() : new Term.Test.OneOf(constants);
    }

    /** Reads a constant that SQLite compares with the column without converting it. */
    private boolean operand(Column column) {
      return cursor.takeConstant() && column.type().comparesExactly(cursor.constant());
    }
  }
}
