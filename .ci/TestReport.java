import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Sums up the JUnit reports of all modules. Arguments: the root of the repository, then a file that receives
 * "passed failed skipped" for the script that calls this. A report that cannot be read, such as one cut off by a
 * crash of the tests' JVM, counts as one failure.
 */
class TestReport {
  static final class Count {
    int passed;
    int failed;
    int skipped;
  }

  public static void main(String[] args) throws IOException {
    var root = Path.of(args[0]);
    var modules = new TreeMap<String, Count>();
    var remarks = new ArrayList<String>();
    for (Path report : reports(root)) {
      String module = root.relativize(report).getName(0).toString();
      var count = modules.computeIfAbsent(module, name -> new Count());
      try {
        read(report, module, count, remarks);
      } catch (Exception unreadable) {
        count.failed++;
        remarks.add("FAILED   " + module + ": cannot read " + report.getFileName() + " (" + unreadable + ")");
      }
    }
    remarks.forEach(System.out::println);
    var total = new Count();
    modules.forEach(
        (module, count) -> {
          System.out.printf(
              "%-16s %5d passed, %d failed, %d skipped%n", module, count.passed, count.failed, count.skipped);
          total.passed += count.passed;
          total.failed += count.failed;
          total.skipped += count.skipped;
        });
    Files.writeString(Path.of(args[1]), total.passed + " " + total.failed + " " + total.skipped + "\n");
  }

  static List<Path> reports(Path root) throws IOException {
    try (Stream<Path> modules = Files.list(root)) {
      var found = new ArrayList<Path>();
      for (Path folder : modules.map(module -> module.resolve("target/surefire-reports")).filter(Files::isDirectory).toList()) {
        try (Stream<Path> files = Files.list(folder)) {
          files.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml")).sorted().forEach(found::add);
        }
      }
      return found;
    }
  }

  static void read(Path report, String module, Count count, List<String> remarks) throws Exception {
    var factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    try (InputStream in = Files.newInputStream(report)) {
      var cases = factory.newDocumentBuilder().parse(in).getElementsByTagName("testcase");
      for (int i = 0; i < cases.getLength(); i++) {
        var test = (Element) cases.item(i);
        String name = module + ": " + test.getAttribute("classname") + " " + test.getAttribute("name");
        if (has(test, "failure") || has(test, "error")) {
          count.failed++;
          remarks.add("FAILED   " + name);
        } else if (has(test, "skipped")) {
          count.skipped++;
          remarks.add("SKIPPED  " + name);
        } else {
          count.passed++;
        }
      }
    }
  }

  static boolean has(Element test, String child) {
    for (Node node = test.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (child.equals(node.getNodeName())) {
        return true;
      }
    }
    return false;
  }
}
