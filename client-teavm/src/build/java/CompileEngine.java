import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.teavm.backend.javascript.JSModuleType;
import org.teavm.tooling.ConsoleTeaVMToolLog;
import org.teavm.tooling.TeaVMProblemRenderer;
import org.teavm.tooling.TeaVMTargetType;
import org.teavm.tooling.builder.InProcessBuildStrategy;
import org.teavm.vm.TeaVMOptimizationLevel;

/**
 * Compiles Java entry points to JavaScript with TeaVM; started by the build as a single-file program.
 *
 * <p>It does three things that the Maven plugin of TeaVM does not: it does nothing when neither the
 * classes nor the outputs changed, it compiles two outputs at a time, and it removes the outputs
 * before it compiles, so that a failed compilation leaves none of an earlier one.
 *
 * <p>Arguments: {@code WORK_DIRECTORY CLASSPATH FLAVOUR OUTPUT=MAIN_CLASS...}, where the flavour is
 * {@code release} (minified, optimised) or {@code readable} (not minified, same optimisation), and
 * an output whose name ends in {@code service-worker.js} becomes a classic script. Every output
 * calls its own {@code main} at its end: it is loaded by its address alone.
 */
public final class CompileEngine {
  private CompileEngine() {}

  private record Output(Path file, String mainClass) {}

  public static void main(String[] arguments) throws Exception {
    Path work = Path.of(arguments[0]);
    List<Path> classpath =
        Stream.of(arguments[1].split(java.io.File.pathSeparator)).map(Path::of).toList();
    boolean readable = arguments[2].equals("readable");
    List<Output> outputs = new ArrayList<>();
    for (String argument : Arrays.copyOfRange(arguments, 3, arguments.length)) {
      int equals = argument.lastIndexOf('=');
      outputs.add(
          new Output(Path.of(argument.substring(0, equals)), argument.substring(equals + 1)));
    }
    Files.createDirectories(work);
    Path stamp = work.resolve("stamp");
    String digest = digest(classpath, arguments);
    if (Files.exists(stamp)
        && Files.readString(stamp).equals(digest)
        && outputs.stream().allMatch(output -> Files.exists(output.file()))) {
      System.out.println("Engine scripts are up to date.");
      return;
    }
    Files.deleteIfExists(stamp);
    for (Output output : outputs) {
      Files.deleteIfExists(output.file());
    }
    try (var threads = Executors.newFixedThreadPool(2)) {
      var compilations =
          outputs.stream()
              .map(
                  output ->
                      threads.submit(
                          () -> {
                            compile(output, classpath, readable, work);
                            return output;
                          }))
              .toList();
      for (var compilation : compilations) {
        compilation.get();
      }
    } catch (ExecutionException failure) {
      failure.getCause().printStackTrace();
      for (Output output : outputs) {
        Files.deleteIfExists(output.file());
      }
      System.exit(1);
    }
    Files.writeString(stamp, digest);
  }

  private static void compile(Output output, List<Path> classpath, boolean readable, Path work)
      throws Exception {
    long start = System.nanoTime();
    String name = output.file().getFileName().toString();
    boolean classic = name.equals("service-worker.js");
    var log = new ConsoleTeaVMToolLog(false);
    var build = new InProcessBuildStrategy();
    build.init();
    build.setLog(log);
    build.setClassPathEntries(classpath.stream().map(Path::toString).toList());
    build.setTargetType(TeaVMTargetType.JAVASCRIPT);
    build.setJsModuleType(classic ? JSModuleType.NONE : JSModuleType.ES2015);
    build.setOptimizationLevel(TeaVMOptimizationLevel.ADVANCED);
    build.setObfuscated(!readable);
    build.setMaxTopLevelNames(80_000);
    build.setMainClass(output.mainClass());
    build.setEntryPointName("main");
    Path directory = work.resolve(name + ".parts");
    Files.createDirectories(directory);
    build.setTargetDirectory(directory.toString());
    build.setTargetFileName(name);
    var result = build.build();
    TeaVMProblemRenderer.describeProblems(result.getCallGraph(), result.getProblems(), log);
    if (!result.getProblems().getSevereProblems().isEmpty()) {
      throw new IllegalStateException(name + " does not compile; the problems stand above");
    }
    Path compiled = directory.resolve(name);
    Files.writeString(
        compiled, "\n" + callOfMain(Files.readString(compiled)), StandardOpenOption.APPEND);
    Files.createDirectories(output.file().getParent());
    Files.move(
        compiled,
        output.file(),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
    System.out.printf(
        "%s: %,d bytes in %.1f s%n",
        name, Files.size(output.file()), (System.nanoTime() - start) / 1e9);
  }

  /** An ES module exports its main under another local name; a classic script defines it. */
  private static String callOfMain(String script) {
    var export = Pattern.compile("export\\s*\\{[^}]*?([\\w$]+) as main\\b").matcher(script);
    return (export.find() ? export.group(1) : "main") + "([]);\n";
  }

  /** A hash over the contents of class directories, the identity of jars, and the arguments. */
  private static String digest(List<Path> classpath, String[] arguments)
      throws IOException, NoSuchAlgorithmException {
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    sha.update(String.join("\0", arguments).getBytes());
    sha.update(System.getProperty("java.class.path").getBytes());
    sha.update(Files.readAllBytes(Path.of(System.getProperty("jdk.launcher.sourcefile"))));
    for (Path entry : classpath) {
      if (Files.isDirectory(entry)) {
        List<Path> files;
        try (var walk = Files.walk(entry)) {
          files = walk.filter(file -> file.toString().endsWith(".class")).sorted().toList();
        }
        for (Path file : files) {
          sha.update(entry.relativize(file).toString().getBytes());
          sha.update(Files.readAllBytes(file));
        }
      } else if (Files.exists(entry)) {
        // A jar of the reactor is rewritten by every build: its contents decide, not its time.
        try (var jar = new java.util.zip.ZipFile(entry.toFile())) {
          jar.stream()
              .filter(member -> member.getName().endsWith(".class"))
              .forEach(member -> sha.update((member.getName() + member.getCrc()).getBytes()));
        }
      }
    }
    return HexFormat.of().formatHex(sha.digest());
  }
}
