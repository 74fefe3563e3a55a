package dev.tidemark.server.account;

import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.Ids;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/**
 * User ids made from names: a name that is a valid id is the id; in others, accents are dropped and
 * runs of anything else become one {@code -}. Names that come to the same id name the same account.
 */
public final class UserIds {
  public static final int MAX_NAME_CHARACTERS = 64;

  private UserIds() {}

  /** Why a name cannot be used, as a sentence, or null when it can. */
  public static @Nullable String objection(String name) {
    if (name.isBlank() || name.length() > MAX_NAME_CHARACTERS) {
      return "A name has 1 to " + MAX_NAME_CHARACTERS + " characters.";
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      return "A name has no control characters.";
    }
    String id = derive(name);
    if (id.isEmpty()) {
      return "A name needs a letter A to Z or a digit.";
    }
    if (id.equals(Event.SYSTEM_AUTHOR)) {
      return "The name " + Event.SYSTEM_AUTHOR + " is reserved.";
    }
    return null;
  }

  /**
   * @throws IllegalArgumentException with the {@link #objection}
   */
  static String fromName(String name) {
    String objection = objection(name);
    if (objection != null) {
      throw new IllegalArgumentException(objection);
    }
    return derive(name);
  }

  private static String derive(String name) {
    if (Ids.isValid(name)) {
      return name;
    }
    String plain = Normalizer.normalize(name, Normalizer.Form.NFKD).replaceAll("\\p{M}+", "");
    String id = plain.replaceAll("[^A-Za-z0-9_-]+", "-").replaceAll("^-+|-+$", "");
    return id.length() <= Ids.MAX_LENGTH ? id : id.substring(0, Ids.MAX_LENGTH);
  }
}
