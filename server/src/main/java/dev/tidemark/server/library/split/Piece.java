package dev.tidemark.server.library.split;

import dev.tidemark.server.library.SnippetKind;
import org.jspecify.annotations.Nullable;

/**
 * One snippet of a file.
 *
 * @param language of code, or of nothing in particular: null
 * @param title where it stands in its file: headings, or the declarations around it
 * @param body as in the file, never rendered: scripts in it are text
 * @param startLine counted from 1
 * @param tokens estimated
 */
public record Piece(
    SnippetKind kind,
    @Nullable String language,
    String title,
    String body,
    int startLine,
    int tokens) {}
