package dev.tidemark.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.protocol.json.JsonText;
import dev.tidemark.protocol.jvm.JacksonJson;
import org.junit.jupiter.api.Test;

/** The column that tells where a result stands. */
class SearchPlaceTest {

  private static String place(String library, String path) {
    String json =
        new JsonText()
            .beginObject()
            .name("kind")
            .value("snippet")
            .name("libraryId")
            .value(library)
            .name("version")
            .value("v1.2")
            .name("path")
            .value(path)
            .name("line")
            .value(7)
            .endObject()
            .toString();
    return SearchCommand.place(JacksonJson.parse(json));
  }

  @Test
  void a_long_path_keeps_its_file_name_and_line() {
    assertEquals("acme-tool v1.2 docs/a.md:7", place("acme-tool", "docs/a.md"));
    String place =
        place("acme-tool", "src/main/java/dev/acme/tool/deeply/nested/folders/Reader.java");
    assertTrue(place.startsWith("acme-tool v1.2 …"), place);
    assertTrue(place.endsWith("/Reader.java:7"), place);
    assertTrue(place.length() <= 44, place);
    String crowded = place("a-library-with-quite-a-long-name-for-one", "docs/folder/guide.md");
    assertTrue(crowded.endsWith("guide.md:7") && crowded.length() <= 44, crowded);
  }
}
