package dev.tidemark.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.teavm.jso.JSBody;

/** What holds for the JavaScript inside {@code JSBody}. */
class ScriptsTest {
  private static final Pattern STRINGS = Pattern.compile("'(?:[^'\\\\]|\\\\.)*'");
  private static final Pattern ONE_LETTER = Pattern.compile("(?<![\\w.$])[a-z](?![\\w$:])");

  /**
   * TeaVM gives parameters the names b, c, d, ... in minified scripts and leaves the script's own
   * names as they are: a variable of one letter then hides a parameter, in release builds only.
   */
  @Test
  void no_script_uses_a_name_of_one_letter() {
    List<String> found = new ArrayList<>();
    int scripts = 0;
    for (JavaClass room :
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.tidemark.client")) {
      for (JavaMethod method : room.getMethods()) {
        if (method.isAnnotatedWith(JSBody.class)) {
          scripts++;
          String script = method.getAnnotationOfType(JSBody.class).script();
          if (ONE_LETTER.matcher(STRINGS.matcher(script).replaceAll("''")).find()) {
            found.add(method.getFullName());
          }
        }
      }
    }
    assertTrue(scripts > 50, "scripts found: " + scripts);
    assertEquals(List.of(), found);
  }
}
