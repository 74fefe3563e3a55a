package dev.tidemark.server.embedding;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The model of the default profile for benchmarks: vectors that were computed once are kept in a
 * file, so that a second run costs no embedding.
 */
public final class ModelOnDisk implements AutoCloseable {
  private final TextModel model;
  private final Path file;
  private final Map<String, float[]> known = new HashMap<>();

  public ModelOnDisk(Path folder) throws IOException {
    Files.createDirectories(folder);
    model = Models.open(new EmbeddingSettings.Minilm());
    file = folder.resolve(model.name() + ".vectors");
    if (Files.exists(file)) {
      read();
    }
  }

  public int dimensions() {
    return model.dimensions();
  }

  private void read() throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      while (true) {
        String key = in.readUTF();
        float[] vector = new float[model.dimensions()];
        for (int i = 0; i < vector.length; i++) {
          vector[i] = in.readFloat();
        }
        known.put(key, vector);
      }
    } catch (EOFException e) {
      return; // the last vector may be cut off where a run was stopped
    }
  }

  /** Computes and keeps what is not known yet. */
  public void learn(Collection<String> texts) throws IOException {
    Set<String> missing = new LinkedHashSet<>();
    for (String text : texts) {
      if (!known.containsKey(key(text))) {
        missing.add(text);
      }
    }
    List<String> batch = new ArrayList<>();
    int done = 0;
    try (DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(
                Files.newOutputStream(
                    file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)))) {
      for (String text : missing) {
        batch.add(text);
        done++;
        if (batch.size() == TextModel.MOST_TEXTS || done == missing.size()) {
          write(batch, model.embed(batch), out);
          batch.clear();
        }
      }
    }
  }

  private void write(List<String> texts, List<float[]> vectors, DataOutputStream out)
      throws IOException {
    for (int i = 0; i < texts.size(); i++) {
      String key = key(texts.get(i));
      known.put(key, vectors.get(i));
      out.writeUTF(key);
      for (float value : vectors.get(i)) {
        out.writeFloat(value);
      }
    }
  }

  /** The vector of a text that was learned. */
  public float[] vector(String text) {
    float[] vector = known.get(key(text));
    if (vector == null) {
      throw new IllegalStateException("learn a text before asking for its vector");
    }
    return vector;
  }

  private static String key(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
