package dev.tidemark.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Which rooms may know which. */
class BoundariesTest {
  private static final String ROOT = "dev.tidemark.server.";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.tidemark.server");

  private static void onlyMayUse(String library, String... rooms) {
    noClasses()
        .that()
        .resideOutsideOfPackages(rooms)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(CLASSES);
  }

  @Test
  void rooms_do_not_depend_on_each_other_in_circles() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void only_the_http_room_knows_the_web_server() {
    onlyMayUse("io.javalin..", ROOT + "http..");
    onlyMayUse("org.eclipse.jetty..", ROOT + "http..");
    onlyMayUse("jakarta..", ROOT + "http..");
  }

  @Test
  void only_the_database_room_knows_the_driver() {
    onlyMayUse("org.sqlite..", ROOT + "database..");
  }

  @Test
  void the_http_room_writes_no_sql_but_asks_whether_the_file_can_be_read() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "http..")
        .and()
        .haveSimpleNameNotEndingWith("Operations")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.sql..")
        .check(CLASSES);
  }

  @Test
  void only_the_command_line_knows_picocli() {
    onlyMayUse("picocli..", ROOT + "cli..", ROOT + "importing..");
  }

  @Test
  void intake_is_pure() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "intake..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "java.net..", "java.nio.file..", "java.time..")
        .check(CLASSES);
  }
}
