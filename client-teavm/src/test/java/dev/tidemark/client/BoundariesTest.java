package dev.tidemark.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What the rooms of the engine may know: decisions run on the JVM too, so that they can be
 * simulated.
 */
final class BoundariesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.tidemark.client");

  /** The adapters of their rooms, by name; the decisions beside them stay pure. */
  private static final DescribedPredicate<JavaClass> ADAPTERS =
      DescribedPredicate.describe(
          "are adapters",
          candidate -> {
            String name = candidate.getFullName();
            int nested = name.indexOf('$');
            return Set.of(
                    "dev.tidemark.client.owner.OwnerWorker",
                    "dev.tidemark.client.owner.PortPageLink",
                    "dev.tidemark.client.owner.WasmQueryEngine",
                    "dev.tidemark.client.sync.HttpSync",
                    "dev.tidemark.client.tabs.CallCodec",
                    "dev.tidemark.client.tabs.HubWorker",
                    "dev.tidemark.client.tabs.PageTabs")
                .contains(nested < 0 ? name : name.substring(0, nested));
          });

  @Test
  void only_the_thin_rooms_touch_the_browser() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.tidemark.client.api..",
            "dev.tidemark.client.background..",
            "dev.tidemark.client.browser..",
            "dev.tidemark.client.entry..",
            "dev.tidemark.client.sql..")
        .and(DescribedPredicate.not(ADAPTERS))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.teavm..", "dev.tidemark.client.browser..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void the_browser_room_knows_no_other_room() {
    noClasses()
        .that()
        .resideInAPackage("dev.tidemark.client.browser..")
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "are in another room of the engine",
                other ->
                    other.getPackageName().startsWith("dev.tidemark.client.")
                        && !other.getPackageName().startsWith("dev.tidemark.client.browser")))
        .check(CLASSES);
  }

  @Test
  void no_room_pulls_in_the_heavy_parts_of_the_class_library() {
    // Together they would add 150 KB to every script.
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.time..", "java.text..", "java.util.regex..")
        .orShould()
        .callMethod(String.class, "format", String.class, Object[].class)
        .orShould()
        .callMethod(String.class, "formatted", Object[].class)
        .check(CLASSES);
  }

  @Test
  void wiring_is_known_to_nobody() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.tidemark.client.entry..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.tidemark.client.entry..")
        .check(CLASSES);
  }

  @Test
  void rooms_do_not_depend_on_each_other_in_a_circle() {
    slices().matching("dev.tidemark.client.(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
