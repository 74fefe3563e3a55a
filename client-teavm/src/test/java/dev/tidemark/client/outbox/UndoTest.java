package dev.tidemark.client.outbox;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tidemark.protocol.contract.MemoryDatabase;
import dev.tidemark.protocol.schema.WorkspaceTables.Document;
import dev.tidemark.protocol.schema.WorkspaceTables.Profile;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class UndoTest {
  private static final String NASTY = "a\u001fb\\c\\\\d\u0001\n\u001e\\u🌊\u001f";

  private final MemoryDatabase rows = new MemoryDatabase();
  private final Recorder recorder = new Recorder(rows);

  private static @Nullable Object[] profile(String user, String name, @Nullable String avatar) {
    return new @Nullable Object[] {"s", user, name, avatar};
  }

  private @Nullable Object @Nullable [] profileOf(String user) {
    return rows.find(Profile.TABLE.key(), "s", user);
  }

  /** Adds, changes and removes a row each, and gives the undo of it. */
  private Undo change() {
    rows.insert(Profile.TABLE, profile("changed", NASTY, null));
    rows.insert(Profile.TABLE, profile("removed", NASTY, NASTY));
    recorder.startTouching();
    recorder.insert(Profile.TABLE, profile("added", "new", NASTY));
    recorder.update(
        Profile.TABLE, profile("changed", NASTY, null), profile("changed", "other", "avatar"));
    recorder.delete(Profile.TABLE, profile("removed", NASTY, NASTY));
    return Undo.of(recorder.changesSince(0), recorder.stopTouching());
  }

  private void requireTakenBack() {
    assertNull(profileOf("added"));
    assertArrayEquals(profile("changed", NASTY, null), profileOf("changed"));
    assertArrayEquals(profile("removed", NASTY, NASTY), profileOf("removed"));
  }

  @Test
  void an_undo_takes_back_what_was_added_changed_and_removed() {
    change().apply(rows);
    requireTakenBack();
  }

  @Test
  void an_undo_survives_its_text_with_control_characters_and_nulls() {
    Undo undo = change();
    Undo read = Undo.parse(undo.text());
    assertEquals(undo.text(), read.text());
    assertEquals(Set.copyOf(undo.touched()), Set.copyOf(read.touched()));
    read.apply(rows);
    requireTakenBack();
  }

  @Test
  void an_undo_leaves_columns_alone_that_others_have_changed_since() {
    @Nullable Object[] before = {"s", "d", "title", "ada", 1L, 1L, 1L};
    rows.insert(Document.TABLE, before);
    @Nullable Object[] edited = before.clone();
    edited[Document.VERSION] = 2L;
    recorder.update(Document.TABLE, before, edited);
    Undo undo = Undo.of(recorder.changesSince(0), Set.of());
    @Nullable Object[] meanwhile = edited.clone();
    meanwhile[Document.TITLE] = "another title";
    rows.update(Document.TABLE, edited, meanwhile);

    undo.apply(rows);

    @Nullable Object[] expected = {"s", "d", "another title", "ada", 1L, 1L, 1L};
    assertArrayEquals(expected, rows.find(Document.TABLE.key(), "s", "d"));
  }

  @Test
  void an_undo_that_does_not_fit_the_rows_fails_loudly() {
    Undo undo = change();
    rows.delete(Profile.TABLE, profile("added", "new", NASTY));
    assertThrows(IllegalStateException.class, () -> undo.apply(rows));
  }

  @Test
  void nothing_to_undo_is_a_short_text_and_changes_nothing() {
    Undo nothing = Undo.parse(Undo.NOTHING.text());
    nothing.apply(rows);
    assertEquals(List.of(), List.copyOf(nothing.touched()));
    assertEquals(0, rows.size(Profile.TABLE));
  }
}
