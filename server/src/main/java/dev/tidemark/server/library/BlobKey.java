package dev.tidemark.server.library;

import dev.tidemark.server.library.git.GitFile;

/** What a file's snippets depend on: its content and the splitter that cut it. */
record BlobKey(String objectId, String splitter) {

  static BlobKey of(GitFile file) {
    return new BlobKey(file.objectId(), file.splitter().id());
  }
}
