package dev.tidemark.server.embedding;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * all-MiniLM-L6-v2, quantised, in this process: 384 dimensions. A call computes on the caller's
 * thread; calls of several threads run side by side, so a query does not wait behind a batch.
 *
 * <p>Texts of like length are computed together. The weights are quantised once, the activations
 * for each batch, so the neighbours of a text in its batch move its vector a little (cosine above
 * 0.99).
 */
final class MinilmModel implements TextModel {
  static final String NAME = "all-MiniLM-L6-v2-q";
  private static final int DIMENSIONS = 384;

  /** Longer texts were not seen in training. */
  private static final int MOST_TOKENS = 256;

  /** Tokens of one run, padding included: bounds memory and the time between two runs. */
  private static final int RUN_TOKENS = 1_024;

  private static final String MODEL = "/all-minilm-l6-v2-q.onnx";
  private static final String TOKENIZER = "/all-minilm-l6-v2-q-tokenizer.json";

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final WordPieces pieces;

  private MinilmModel(OrtEnvironment environment, OrtSession session, WordPieces pieces) {
    this.environment = environment;
    this.session = session;
    this.pieces = pieces;
  }

  /**
   * Loads the model: about half a second and 60 MB.
   *
   * @throws ModelFailed when it is not on the class path, or its native part does not load here
   */
  static MinilmModel load() {
    try (InputStream model = resource(MODEL);
        InputStream tokenizer = resource(TOKENIZER)) {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      WordPieces pieces = WordPieces.read(tokenizer);
      try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
        // One thread a run: the worker's run leaves the other cores to queries and everything else.
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        OrtSession session = environment.createSession(model.readAllBytes(), options);
        return new MinilmModel(environment, session, pieces);
      }
    } catch (IOException | OrtException | LinkageError | OutOfMemoryError e) {
      throw failed("cannot be loaded", e);
    }
  }

  private static InputStream resource(String name) throws IOException {
    InputStream stream = MinilmModel.class.getResourceAsStream(name);
    if (stream == null) {
      throw new IOException(name + " is not on the class path");
    }
    return stream;
  }

  private static ModelFailed failed(String what, Throwable cause) {
    return new ModelFailed(
        ModelFailed.Kind.MODEL,
        "The embedding model " + NAME + " " + what + ": " + cause.getMessage() + ".",
        cause);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int dimensions() {
    return DIMENSIONS;
  }

  @Override
  public List<float[]> embed(List<String> texts) {
    List<long[]> numbers = texts.stream().map(text -> pieces.numbers(text, MOST_TOKENS)).toList();
    List<Integer> byLength =
        IntStream.range(0, numbers.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> numbers.get(i).length))
            .toList();
    float[][] vectors = new float[texts.size()][];
    int from = 0;
    while (from < byLength.size()) {
      int to = from + 1;
      while (to < byLength.size()
          && numbers.get(byLength.get(to)).length * (to + 1 - from) <= RUN_TOKENS) {
        to++;
      }
      run(byLength.subList(from, to), numbers, vectors);
      from = to;
    }
    return new ArrayList<>(Arrays.asList(vectors));
  }

  private void run(List<Integer> rows, List<long[]> numbers, float[][] vectors) {
    int length = numbers.get(rows.getLast()).length;
    long[] shape = {rows.size(), length};
    LongBuffer ids = LongBuffer.allocate(rows.size() * length);
    LongBuffer mask = LongBuffer.allocate(rows.size() * length);
    LongBuffer types = LongBuffer.allocate(rows.size() * length);
    for (int row = 0; row < rows.size(); row++) {
      long[] own = numbers.get(rows.get(row));
      ids.put(row * length, own);
      for (int i = 0; i < own.length; i++) {
        mask.put(row * length + i, 1);
      }
    }
    try (OnnxTensor idTensor = OnnxTensor.createTensor(environment, ids, shape);
        OnnxTensor maskTensor = OnnxTensor.createTensor(environment, mask, shape);
        OnnxTensor typeTensor = OnnxTensor.createTensor(environment, types, shape);
        OrtSession.Result result =
            session.run(
                Map.of(
                    "input_ids", idTensor,
                    "attention_mask", maskTensor,
                    "token_type_ids", typeTensor))) {
      FloatBuffer hidden = ((OnnxTensor) result.get(0)).getFloatBuffer();
      for (int row = 0; row < rows.size(); row++) {
        int tokens = numbers.get(rows.get(row)).length;
        vectors[rows.get(row)] = mean(hidden, row * length, tokens);
      }
    } catch (OrtException | LinkageError | OutOfMemoryError e) {
      throw failed("failed", e);
    }
  }

  /** The mean of a text's tokens, as the model was trained, of length 1. */
  private static float[] mean(FloatBuffer hidden, int first, int tokens) {
    float[] sum = new float[DIMENSIONS];
    for (int token = 0; token < tokens; token++) {
      for (int i = 0; i < DIMENSIONS; i++) {
        sum[i] += hidden.get((first + token) * DIMENSIONS + i);
      }
    }
    return UnitVectors.of(sum);
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw failed("cannot be closed", e);
    }
  }
}
