package dev.tidemark.server.search;

import dev.tidemark.protocol.json.WellFormed;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What people type, taken apart: words and "quoted phrases". Everything else that FTS5 would read
 * as an operator is text here: each term reaches SQLite as a quoted string, so no input is a syntax
 * error. Words count once. When the text ends in the middle of a word, that word matches as a
 * beginning too.
 */
final class QueryText {
  /** Longer texts are refused. */
  static final int MAX_CHARACTERS = 4_000;

  /** Terms that are looked at; what follows in a long text hardly changes what is found. */
  static final int MAX_TERMS = 48;

  /** Shorter beginnings would match too much, at a price. */
  static final int MIN_PREFIX_CHARACTERS = 3;

  /** A word or a phrase. */
  record Term(String text, boolean prefix) {

    /** As FTS5 reads it. */
    String match() {
      String quoted = '"' + text + '"';
      return prefix ? quoted + '*' : quoted;
    }
  }

  /** A text that can be searched for, or why not. */
  sealed interface Parsed {}

  /**
   * Holds at least one term.
   *
   * @param parts the words that terms such as {@code apt-get} are made of; those terms match as
   *     phrases, their parts count where not everything is found
   */
  record Query(String text, List<Term> terms, List<Term> parts) implements Parsed {
    Query {
      terms = List.copyOf(terms);
      parts = List.copyOf(parts);
    }

    /** The beginning of a word that the text ends in, or null. */
    @Nullable String beginning() {
      Term last = terms.getLast();
      return last.prefix() && last.text().codePoints().allMatch(Words::isToken)
          ? last.text()
          : null;
    }

    /** All terms as whole words: what FTS5 is asked to mark, since beginnings cost it too much. */
    String marks() {
      return any(terms.stream().map(term -> new Term(term.text(), false)).toList());
    }

    static String all(List<Term> terms) {
      return join(terms, " AND ");
    }

    static String any(List<Term> terms) {
      return join(terms, " OR ");
    }

    private static String join(List<Term> terms, String operator) {
      return String.join(operator, terms.stream().map(Term::match).toList());
    }
  }

  record Unusable(String detail) implements Parsed {}

  private final Set<String> seen = new LinkedHashSet<>();
  private final List<Term> terms = new ArrayList<>();
  private final List<Term> parts = new ArrayList<>();

  private QueryText() {}

  /**
   * @param typing whether the text may end in the middle of a word
   */
  static Parsed parse(String text, boolean typing) {
    if (text.length() > MAX_CHARACTERS) {
      return new Unusable("A query has at most " + MAX_CHARACTERS + " characters.");
    }
    @Nullable String problem = WellFormed.problem(text);
    if (problem != null) {
      return new Unusable(problem);
    }
    QueryText parser = new QueryText();
    parser.read(text, typing);
    if (parser.terms.isEmpty()) {
      return new Unusable("The query holds no word to look for.");
    }
    return new Query(text.strip(), parser.terms, parser.parts);
  }

  private void read(String text, boolean typing) {
    int i = 0;
    while (i < text.length() && terms.size() < MAX_TERMS) {
      int next = text.codePointAt(i);
      if (next == '"') {
        int end = text.indexOf('"', i + 1);
        int last = end < 0 ? text.length() : end;
        add(text.substring(i + 1, last), false);
        i = last + 1;
      } else if (Character.isWhitespace(next)) {
        i += Character.charCount(next);
      } else {
        int end = endOfWord(text, i);
        String word = text.substring(i, end);
        add(word, typing && end == text.length());
        addParts(word);
        i = end;
      }
    }
  }

  private static int endOfWord(String text, int start) {
    int end = start;
    while (end < text.length()) {
      int c = text.codePointAt(end);
      if (c == '"' || Character.isWhitespace(c)) {
        break;
      }
      end += Character.charCount(c);
    }
    return end;
  }

  private void add(String raw, boolean last) {
    String plain = withoutEdges(raw);
    if (plain.isEmpty()) {
      return;
    }
    boolean ends = raw.endsWith(plain);
    if (seen.add(plain.toLowerCase(Locale.ROOT))) {
      boolean prefix =
          last && ends && plain.codePointCount(0, plain.length()) >= MIN_PREFIX_CHARACTERS;
      terms.add(new Term(plain, prefix));
    }
  }

  private void addParts(String word) {
    List<String> found = Words.split(word);
    for (String part : found.size() > 1 ? found : List.<String>of()) {
      if (parts.size() < MAX_TERMS && seen.add(part.toLowerCase(Locale.ROOT))) {
        parts.add(new Term(part, false));
      }
    }
  }

  /** From the first letter or digit to the last; empty when there is none. */
  private static String withoutEdges(String raw) {
    int first = -1;
    int end = 0;
    for (int i = 0; i < raw.length(); ) {
      int c = raw.codePointAt(i);
      int width = Character.charCount(c);
      if (Words.isToken(c)) {
        first = first < 0 ? i : first;
        end = i + width;
      }
      i += width;
    }
    return first < 0 ? "" : raw.substring(first, end);
  }
}
