package dev.tidemark.server.library.source;

import java.net.URI;
import java.nio.file.Path;

/** A source that the rules have accepted. */
public sealed interface LibrarySource {

  /** As it is stored and shown: one spelling for one source. */
  String text();

  /** A repository behind an address; the URI has scheme, host and path, perhaps a port. */
  record Remote(URI uri) implements LibrarySource {
    @Override
    public String text() {
      return uri.toString();
    }
  }

  /** A repository on this machine: a real path, free of symbolic links. */
  record Local(Path folder) implements LibrarySource {
    @Override
    public String text() {
      return folder.toString();
    }
  }
}
