package dev.tidemark.server.http;

import io.javalin.http.Context;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Query parameters: known names only, whole numbers within their range. */
final class Query {
  private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  private Query() {}

  /**
   * Each at most once.
   *
   * @throws Problem 400 naming the valid parameters
   */
  static void allowOnly(Context context, Set<String> names) {
    allowOnly(context, names, Set.of());
  }

  /**
   * @param several those of them that may be given more than once
   * @throws Problem 400 naming the valid parameters
   */
  static void allowOnly(Context context, Set<String> names, Set<String> several) {
    String raw = context.queryString();
    if (raw != null && BROKEN_ESCAPE.matcher(raw).find()) {
      throw Problem.invalid("A % in the address is followed by two hexadecimal digits.");
    }
    context
        .queryParamMap()
        .forEach((given, values) -> {
          boolean nothing =
              given.isEmpty() && values.stream().allMatch(String::isEmpty); // as in a=b&
          if (!names.contains(given) && !nothing) {
            throw Problem.invalid(
                names.isEmpty()
                    ? "This address takes no parameters."
                    : "Valid parameters are " + String.join(", ", new TreeSet<>(names)) + ".");
          }
          if (values.size() > 1 && !several.contains(given) && !nothing) {
            throw Problem.invalid("The parameter " + given + " is given more than once.");
          }
        });
  }

  /**
   * A text, empty when it is not given.
   *
   * @throws Problem 400 when it is too long
   */
  static String text(Context context, String name, int maxCharacters) {
    String text = context.queryParam(name);
    if (text != null && text.length() > maxCharacters) {
      throw Problem.invalid(
          "The parameter " + name + " must have at most " + maxCharacters + " characters.");
    }
    return text == null ? "" : text;
  }

  /**
   * @throws Problem 400 when the value is not a whole number from {@code min} to {@code max}
   */
  static long integer(Context context, String name, long fallback, long min, long max) {
    String text = context.queryParam(name);
    if (text == null) {
      return fallback;
    }
    boolean digits = !text.isEmpty() && text.length() <= 16;
    for (int i = 0; digits && i < text.length(); i++) {
      digits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    long value = digits ? Long.parseLong(text) : -1;
    if (value < min || value > max) {
      throw Problem.invalid(
          "The parameter " + name + " must be a whole number from " + min + " to " + max + ".");
    }
    return value;
  }
}
