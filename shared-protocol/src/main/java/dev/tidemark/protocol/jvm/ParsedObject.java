package dev.tidemark.protocol.jvm;

import dev.tidemark.protocol.json.JsonException;
import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.protocol.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A parsed object as a map of String, Long, Double, Boolean, List, ParsedObject or null. */
record ParsedObject(Map<String, @Nullable Object> values) implements JsonObject {

  @Override
  public List<String> names() {
    return List.copyOf(values.keySet());
  }

  @Override
  public Kind kind(String name) {
    Object value = values.get(name);
    return switch (value) {
      case null -> values.containsKey(name) ? Kind.NULL : Kind.ABSENT;
      case String text -> Kind.TEXT;
      case Long number -> Kind.INTEGER;
      case Double number -> Kind.NUMBER;
      case Boolean bool -> Kind.BOOLEAN;
      case ParsedObject object -> Kind.OBJECT;
      case List<?> list -> Kind.ARRAY;
      default -> throw new IllegalStateException("parsed a " + value.getClass());
    };
  }

  @Override
  public String text(String name) {
    return as(name, String.class);
  }

  @Override
  public long integer(String name) {
    return as(name, Long.class);
  }

  @Override
  public boolean bool(String name) {
    return as(name, Boolean.class);
  }

  @Override
  public JsonObject object(String name) {
    return as(name, ParsedObject.class);
  }

  @Override
  public List<JsonObject> objects(String name) {
    List<?> elements = as(name, List.class);
    List<JsonObject> objects = new ArrayList<>(elements.size());
    for (Object element : elements) {
      if (!(element instanceof ParsedObject object)) {
        throw new JsonException("Every element of " + name + " must be an object.");
      }
      objects.add(object);
    }
    return objects;
  }

  List<String> texts(String name) {
    List<?> elements = as(name, List.class);
    List<String> texts = new ArrayList<>(elements.size());
    for (Object element : elements) {
      if (!(element instanceof String text)) {
        throw new JsonException("Every element of " + name + " must be a text.");
      }
      texts.add(text);
    }
    return texts;
  }

  @Override
  public String json() {
    JsonText out = new JsonText();
    write(this, out);
    return out.toString();
  }

  private static void write(@Nullable Object value, JsonText out) {
    switch (value) {
      case null -> out.nullValue();
      case String text -> out.value(text);
      case Long number -> out.value(number);
      case Double number -> out.raw(number.toString());
      case Boolean bool -> out.value(bool);
      case ParsedObject object -> {
        out.beginObject();
        object.values.forEach((name, inner) -> {
          out.name(name);
          write(inner, out);
        });
        out.endObject();
      }
      case List<?> list -> {
        out.beginArray();
        list.forEach(inner -> write(inner, out));
        out.endArray();
      }
      default -> throw new IllegalStateException("parsed a " + value.getClass());
    }
  }

  private <T> T as(String name, Class<T> type) {
    Object value = values.get(name);
    if (!type.isInstance(value)) {
      throw new IllegalStateException(
          name + " is no " + type.getSimpleName() + " but " + kind(name));
    }
    return type.cast(value);
  }
}
