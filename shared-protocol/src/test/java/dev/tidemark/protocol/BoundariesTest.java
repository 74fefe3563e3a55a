package dev.tidemark.protocol;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/**
 * What the rooms of this module may know: everything but {@code jvm} is also compiled for the
 * browser.
 */
final class BoundariesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.tidemark.protocol");

  @Test
  void only_the_jvm_room_touches_what_no_browser_has() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.tidemark.protocol.jvm..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.sql..",
            "java.io..",
            "java.nio..",
            "java.net..",
            "java.util.concurrent..",
            "com.fasterxml..",
            "org.teavm..",
            "dev.tidemark.protocol.jvm..")
        .check(CLASSES);
  }

  @Test
  void nothing_for_the_browser_pulls_in_the_heavy_parts_of_the_class_library() {
    // Together they would add 150 KB to every script.
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.tidemark.protocol.jvm..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.time..", "java.text..", "java.util.regex..")
        .orShould()
        .callMethod(String.class, "format", String.class, Object[].class)
        .orShould()
        .callMethod(String.class, "formatted", Object[].class)
        .orShould()
        .callMethod(String.class, "split", String.class)
        .orShould()
        .callMethod(String.class, "split", String.class, int.class)
        .orShould()
        .callMethod(String.class, "replaceAll", String.class, String.class)
        .orShould()
        .callMethod(String.class, "matches", String.class)
        .check(CLASSES);
  }

  @Test
  void nothing_reads_a_clock_or_a_random_source() {
    noClasses()
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.util\\.(Random|SplittableRandom|UUID|Date|Timer)|java\\.security\\..*"
                + "|java\\.util\\.random\\..*|java\\.util\\.concurrent\\.ThreadLocalRandom")
        .check(CLASSES);
  }

  @Test
  void rooms_do_not_depend_on_each_other_in_a_circle() {
    slices().matching("dev.tidemark.protocol.(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
