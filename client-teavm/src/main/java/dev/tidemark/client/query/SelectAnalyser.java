package dev.tidemark.client.query;

import dev.tidemark.client.query.Conditions.Equation;
import dev.tidemark.client.query.Conditions.OnColumn;
import dev.tidemark.client.query.FromClause.Item;
import dev.tidemark.client.query.FromClause.Join;
import dev.tidemark.client.query.FromClause.Ref;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one {@code SELECT} over known views, joined by comma, JOIN or LEFT JOIN, and derives which
 * rows and columns can matter. Rules:
 *
 * <ol>
 *   <li>A condition that is not understood is left out, which only widens what is matched.
 *   <li>A condition on a view behind LEFT JOIN counts in WHERE only when NULL fails it, and
 *       conditions of that ON count for that view alone.
 *   <li>A constant that one side of an equation must equal holds for the other side too.
 *   <li>Every name in the statement that is a column counts as read, wherever it stands.
 * </ol>
 */
final class SelectAnalyser {
  private final SqlCursor cursor;
  private final FromClause from;
  private final List<List<Term>> terms = new ArrayList<>();

  private SelectAnalyser(SqlCursor cursor, FromClause from) {
    this.cursor = cursor;
    this.from = from;
  }

  /**
   * What was understood.
   *
   * @param tables all that the views read, whether it matters or not
   * @param sources what matters
   * @param maintainable how to keep the result without asking again, or null
   */
  record Analysis(Set<String> tables, List<Source> sources, @Nullable Maintainable maintainable) {}

  /** Null when the statement is not of this form. */
  static @Nullable Analysis analyse(String sql, @Nullable Object[] parameters) {
    List<SqlToken> tokens = SqlToken.scan(sql);
    if (tokens == null || !isSingleSelect(tokens)) {
      return null;
    }
    SqlCursor cursor = new SqlCursor(sql, parameters, tokens);
    int fromIndex = cursor.find("from");
    if (fromIndex < 0) {
      return null;
    }
    cursor.goTo(fromIndex + 1);
    FromClause from = FromClause.read(cursor);
    if (from == null) {
      return null;
    }
    Conditions where = cursor.takeWord("where") ? Conditions.read(cursor, from) : Conditions.NONE;
    return new SelectAnalyser(cursor, from).analysis(fromIndex, where);
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

  private Analysis analysis(int fromIndex, Conditions where) {
    collectTerms(where);
    Maintainable maintainable = new MaintainableReader(cursor, from, where).read(fromIndex);
    Set<String> names = readNames();
    Set<String> tables = new HashSet<>();
    List<Source> sources = new ArrayList<>();
    for (int i = 0; i < from.items().size(); i++) {
      Relation relation = from.item(i).relation();
      tables.addAll(relation.tables());
      addSources(relation, terms.get(i), names, maintainable == null, sources);
    }
    return new Analysis(tables, sources, maintainable);
  }

  private void addSources(
      Relation relation,
      List<Term> ofItem,
      Set<String> names,
      boolean isAnyOrder,
      List<Source> sources) {
    // Without a total order SQLite may give other rows, or the same in another order, when a row
    // moves in an index.
    long reads = isAnyOrder ? relation.scanOrder() : 0;
    List<Relation.Foreign> elsewhere = new ArrayList<>(relation.everyRow());
    for (Column column : relation.columns()) {
      if (names.contains(column.name())) {
        reads |= column.reads();
        elsewhere.addAll(column.elsewhere());
      }
    }
    sources.add(new Source(relation.base().name(), ofItem, reads));
    for (Relation.Foreign foreign : elsewhere) {
      sources.add(Source.of(foreign, ofItem));
    }
  }

  /** Every name in the statement; of all columns when there is a star. */
  private Set<String> readNames() {
    List<SqlToken> tokens = cursor.tokens();
    Set<String> names = new HashSet<>();
    for (int i = 1; i < tokens.size(); i++) {
      SqlToken token = tokens.get(i);
      if (token.isName()) {
        names.add(token.text());
      } else if (token.kind() == SqlToken.Kind.STRING) {
        // SQLite takes a string for a name where only a name can stand.
        names.add(SqlToken.lowerCase(token.text()));
      } else if (token.isSymbol("*") && !tokens.get(i - 1).isSymbol("(")) {
        addAllColumns(names);
      }
    }
    return names;
  }

  private void addAllColumns(Set<String> names) {
    for (Item item : from.items()) {
      for (Column column : item.relation().columns()) {
        names.add(column.name());
      }
    }
  }

  private void collectTerms(Conditions where) {
    for (int i = 0; i < from.items().size(); i++) {
      terms.add(new ArrayList<>());
    }
    addSurviving(where);
    for (int i = 0; i < from.items().size(); i++) {
      Item item = from.item(i);
      if (item.join() == Join.INNER) {
        addSurviving(item.on());
      } else {
        for (OnColumn test : item.on().tests()) {
          if (test.ref().item() == i) {
            add(test.ref(), test.test());
          }
        }
      }
    }
    boolean isNew = true;
    while (isNew) {
      isNew = spread(where);
    }
  }

  /** Adds conditions that every row of the result passes, NULLs of a LEFT JOIN included. */
  private void addSurviving(Conditions conditions) {
    for (OnColumn test : conditions.tests()) {
      boolean isOptional = from.item(test.ref().item()).join() == Join.LEFT;
      if (!isOptional || !test.test().accepts(null)) {
        add(test.ref(), test.test());
      }
    }
  }

  /** Carries constants over equations; true when there was something new. */
  private boolean spread(Conditions where) {
    boolean isNew = spread(where.equations(), -1);
    for (int i = 0; i < from.items().size(); i++) {
      Item item = from.item(i);
      isNew |= spread(item.on().equations(), item.join() == Join.LEFT ? i : -1);
    }
    return isNew;
  }

  /**
   * @param onlyTo the item that may gain terms, or -1 for both sides
   */
  private boolean spread(List<Equation> equations, int onlyTo) {
    boolean isNew = false;
    for (Equation equation : equations) {
      if (onlyTo < 0 || equation.right().item() == onlyTo) {
        isNew |= spread(equation.left(), equation.right());
      }
      if (onlyTo < 0 || equation.left().item() == onlyTo) {
        isNew |= spread(equation.right(), equation.left());
      }
    }
    return isNew;
  }

  private boolean spread(Ref known, Ref other) {
    boolean isNew = false;
    for (Term term : new ArrayList<>(terms.get(known.item()))) {
      if (term.column().equals(known.column()) && isConstant(term.test())) {
        isNew |= add(other, term.test());
      }
    }
    return isNew;
  }

  private static boolean isConstant(Term.Test test) {
    return !test.accepts(null) && (test instanceof Term.Test.Is || test instanceof Term.Test.OneOf);
  }

  private boolean add(Ref ref, Term.Test test) {
    Term term = new Term(ref.column(), test);
    List<Term> ofItem = terms.get(ref.item());
    return !ofItem.contains(term) && ofItem.add(term);
  }
}
