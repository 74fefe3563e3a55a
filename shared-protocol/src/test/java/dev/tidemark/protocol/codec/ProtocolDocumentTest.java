package dev.tidemark.protocol.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.protocol.jvm.JacksonJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/protocol.md names what there is: types with their fields and limits, and problem codes. */
class ProtocolDocumentTest {
  private static final Pattern FIELD = Pattern.compile("(\\w+):(\\w+)([!?])(\\d+),");

  private final List<String> lines;

  ProtocolDocumentTest() throws IOException {
    Path root = Path.of(System.getProperty("tidemark.root", ".."));
    lines = Files.readAllLines(root.resolve("docs/protocol.md"));
  }

  @Test
  void every_problem_code_stands_there_with_its_status() {
    Map<String, String> documented = new TreeMap<>();
    Pattern row = Pattern.compile("\\| `([a-z-]+)` \\| (\\d{3}) \\|.*");
    for (String line : lines) {
      Matcher matcher = row.matcher(line);
      if (matcher.matches()) {
        documented.put(matcher.group(1), matcher.group(2));
      }
    }
    Map<String, String> actual = new TreeMap<>();
    for (ProblemCode code : ProblemCode.values()) {
      actual.put(code.code(), String.valueOf(code.status()));
    }
    assertEquals(actual, documented);
  }

  @Test
  void every_event_type_stands_there_with_its_fields_and_limits() {
    for (EventType<?> type : EventTypes.all()) {
      String line =
          lines.stream()
              .filter(candidate -> candidate.startsWith("| `" + type.name() + "` |"))
              .findFirst()
              .orElseThrow(() -> new AssertionError(type.name() + " is not documented"));
      Matcher field = FIELD.matcher(type.describe());
      while (field.find()) {
        String name = "`" + field.group(1) + (field.group(3).equals("?") ? "?" : "") + "`";
        assertTrue(line.contains(name), () -> type.name() + " lacks " + name);
        if (!field.group(4).equals("0")) {
          String limit =
              "up to "
                  + NumberFormat.getIntegerInstance(Locale.ROOT)
                      .format(Integer.parseInt(field.group(4)));
          assertTrue(line.contains(limit), () -> type.name() + " lacks " + limit);
        }
      }
    }
  }

  @Test
  void the_example_is_an_event() {
    String document = String.join("\n", lines);
    int start = document.indexOf("```json") + "```json".length();
    JsonObject example =
        JacksonJson.parse(document.substring(start, document.indexOf("```", start)));
    assertEquals(
        example.object("payload").json(), EventCodec.decodeNew("s", "ada", example).payload());
  }
}
