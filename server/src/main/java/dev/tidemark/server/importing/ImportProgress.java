package dev.tidemark.server.importing;

/** Who hears how far an import has come; called on the importing thread. */
public interface ImportProgress {
  /** For output that nobody watches. */
  ImportProgress NONE =
      new ImportProgress() {
        @Override
        public void reading(int logsRead, int logs) {}

        @Override
        public void storing(long messagesStored, long messages) {}

        @Override
        public void done() {}
      };

  void reading(int logsRead, int logs);

  /** Messages that are durable, and all messages of this import. */
  void storing(long messagesStored, long messages);

  /** Whatever happened, nothing more is coming. */
  void done();
}
