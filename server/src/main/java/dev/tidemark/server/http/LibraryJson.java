package dev.tidemark.server.http;

import dev.tidemark.protocol.json.JsonText;
import dev.tidemark.server.library.Library;
import dev.tidemark.server.library.LibraryVersion;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Libraries as the API shows them. */
final class LibraryJson {
  private LibraryJson() {}

  static void write(Library library, JsonText json) {
    json.beginObject()
        .name("id")
        .value(library.id())
        .name("source")
        .value(library.source())
        .name("title")
        .value(library.title())
        .name("createdAt")
        .value(library.createdAt());
    JobJson.number(json, "discoveredAt", library.discoveredAt());
    texts(json, "include", library.paths().include());
    texts(json, "exclude", library.paths().exclude());
    json.name("versions");
    writeVersions(library, json);
    json.endObject();
  }

  private static void texts(JsonText json, String name, List<String> texts) {
    json.name(name).beginArray();
    texts.forEach(json::value);
    json.endArray();
  }

  static void writeVersions(Library library, JsonText json) {
    json.beginArray();
    for (LibraryVersion version : library.versions()) {
      json.beginObject()
          .name("name")
          .value(version.name())
          .name("commit")
          .value(version.commit())
          .name("committedAt")
          .value(version.committedAt())
          .name("state")
          .value(version.state().name().toLowerCase(Locale.ROOT));
      JobJson.number(json, "files", asLong(version.files()));
      JobJson.number(json, "snippets", asLong(version.snippets()));
      JobJson.number(json, "indexedAt", version.indexedAt());
      json.endObject();
    }
    json.endArray();
  }

  private static @Nullable Long asLong(@Nullable Integer value) {
    return value == null ? null : value.longValue();
  }
}
