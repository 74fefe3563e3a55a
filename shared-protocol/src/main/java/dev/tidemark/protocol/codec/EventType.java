package dev.tidemark.protocol.codec;

import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.protocol.json.JsonText;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one description of an event type that encoding, decoding, validation and the schema hash
 * share.
 *
 * @param <E> the record that holds a decoded payload
 */
public final class EventType<E extends WorkspaceEvent> {
  /** Marks a stored payload whose texts were erased. */
  static final String ERASED = "erased";

  private final String name;
  private final Class<E> payloadClass;
  private final List<Field<E>> fields;
  private final List<Field<E>> canonicalOrder;
  private final Function<Values, E> make;

  EventType(String name, Class<E> payloadClass, List<Field<E>> fields, Function<Values, E> make) {
    this.name = name;
    this.payloadClass = payloadClass;
    this.fields = List.copyOf(fields);
    this.canonicalOrder = fields.stream().sorted(Comparator.comparing(Field::name)).toList();
    this.make = make;
  }

  /** The values of a payload in the order of the description. */
  static final class Values {
    private final @Nullable Object[] values;

    Values(@Nullable Object[] values) {
      this.values = values;
    }

    String text(int index) {
      Object value = values[index];
      if (value == null) {
        throw new IllegalStateException("required value " + index + " is absent");
      }
      return (String) value;
    }

    @Nullable String optionalText(int index) {
      return (String) values[index];
    }

    <T> T as(int index, Class<T> type) {
      Object value = values[index];
      if (value == null) {
        throw new IllegalStateException("required value " + index + " is absent");
      }
      return type.cast(value);
    }
  }

  /** Wire name such as {@code message.created}. */
  public String name() {
    return name;
  }

  Class<E> payloadClass() {
    return payloadClass;
  }

  /**
   * Decodes a payload that a client sent.
   *
   * @throws EventRefusedException when a field is missing, unknown, of another kind or over its
   *     limit
   */
  public E decode(JsonObject payload) {
    return decode(payload, false);
  }

  /** Decodes a payload from the log, where its texts may have been erased. */
  public E decodeStored(JsonObject payload) {
    return decode(payload, true);
  }

  private E decode(JsonObject payload, boolean stored) {
    @Nullable Object[] values = new Object[fields.size()];
    int known = 0;
    for (int i = 0; i < values.length; i++) {
      Field<E> field = fields.get(i);
      values[i] = field.read(payload);
      if (payload.kind(field.name()) != JsonObject.Kind.ABSENT) {
        known++;
      }
    }
    if (payload.names().size() != known) {
      refuseUnknown(payload, stored);
    }
    return make.apply(new Values(values));
  }

  private void refuseUnknown(JsonObject payload, boolean stored) {
    for (String given : payload.names()) {
      boolean known =
          (stored && given.equals(ERASED))
              || fields.stream().anyMatch(field -> field.name().equals(given));
      if (!known) {
        throw new EventRefusedException(
            ProblemCode.INVALID_PAYLOAD, name + " has no field " + given + ".");
      }
    }
  }

  /** The payload as canonical JSON text (RFC 8785). */
  public String encode(E event) {
    JsonText out = new JsonText().beginObject();
    for (Field<E> field : canonicalOrder) {
      field.write(event, out);
    }
    return out.endObject().toString();
  }

  /** Like {@link #encode}, marked as erased. */
  String encodeErased(E event) {
    JsonText out = new JsonText().beginObject();
    boolean marked = false;
    for (Field<E> field : canonicalOrder) {
      if (!marked && field.name().compareTo(ERASED) > 0) {
        out.name(ERASED).value(true);
        marked = true;
      }
      field.write(event, out);
    }
    if (!marked) {
      out.name(ERASED).value(true);
    }
    return out.endObject().toString();
  }

  String describe() {
    StringBuilder out = new StringBuilder(name).append('{');
    canonicalOrder.forEach(field -> out.append(field.describe()).append(','));
    return out.append('}').toString();
  }
}
