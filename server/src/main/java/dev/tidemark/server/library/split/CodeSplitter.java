package dev.tidemark.server.library.split;

import dev.tidemark.server.library.SnippetKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.treesitter.TSNode;

/**
 * Code by its declarations: each with the comment before it, titled by the declarations around it.
 * Small neighbours are put together, large types are cut at their members, and what no grammar
 * understands is cut by lines.
 */
final class CodeSplitter implements Splitter {
  private static final String SEPARATOR = " › ";
  private static final int MAX_PARSED_CHARACTERS = 400_000;
  private static final int MAX_CHILDREN = 20_000;
  private static final int MAX_DEPTH = 8;
  private static final int MAX_NAME_CHARACTERS = 100;
  private static final int NAMES_IN_TITLE = 4;

  /** Heads of types and groups of statements that are no larger stay with what follows them. */
  private static final int SMALL_TOKENS = 25;

  private final Grammar grammar;
  private final SplitSize size;
  private final LineSplitter lines;

  CodeSplitter(Grammar grammar, SplitSize size) {
    this.grammar = grammar;
    this.size = size;
    this.lines = new LineSplitter(grammar.language(), size);
  }

  @Override
  public String id() {
    return "code/2/" + grammar.language() + "/" + size.text();
  }

  @Override
  public List<Piece> split(String text) {
    if (text.length() > MAX_PARSED_CHARACTERS) {
      return lines.split(text);
    }
    try (SyntaxTree tree = SyntaxTree.parse(grammar, text)) {
      if (tree == null) {
        return lines.split(text);
      }
      Pieces pieces = new Pieces(size, SnippetKind.CODE, grammar.language());
      new Walk(tree, pieces).members(tree.root(), packageOf(tree), 0, null);
      return pieces.all();
    }
  }

  private static String packageOf(SyntaxTree tree) {
    for (TSNode child : SyntaxTree.children(tree.root(), 20)) {
      if (child.getType().equals("package_declaration")) {
        return tree.text(child).replaceFirst("^package\\s+", "").replace(";", "").strip();
      }
    }
    return "";
  }

  /** A declaration or statement with the comments before it. */
  private record Unit(TSNode node, int from, int to, int line, String name, int tokens) {

    /** The same with the text before it, from the begin of another. */
    Unit after(@Nullable Start lead) {
      return lead == null ? this : new Unit(node, lead.from(), to, lead.line(), name, tokens);
    }
  }

  /** Where a text begins. */
  private record Start(int from, int line) {}

  /** One pass over one file. */
  private final class Walk {
    private final SyntaxTree tree;
    private final Pieces pieces;

    Walk(SyntaxTree tree, Pieces pieces) {
      this.tree = tree;
      this.pieces = pieces;
    }

    /**
     * @param lead where the text begins that the first of the members takes along, if any
     */
    void members(TSNode container, String path, int depth, @Nullable Start lead) {
      List<Unit> group = new ArrayList<>();
      int tokens = 0;
      @Nullable Start before = lead;
      for (Unit unit : units(container)) {
        boolean large = unit.tokens() > size.max();
        if (!group.isEmpty() && (large || tokens + unit.tokens() > size.target())) {
          before = flush(group, path, before, SMALL_TOKENS);
          tokens = 0;
        }
        if (large) {
          large(unit.after(before), path, depth);
          before = null;
        } else {
          group.add(unit);
          tokens += unit.tokens();
        }
      }
      if (group.isEmpty() && before != null) { // a type without members
        String head = tree.text(before.from(), container.getStartByte());
        pieces.pack(path, List.of(Block.of(head, before.line())));
      }
      flush(group, path, before, 0);
    }

    private List<Unit> units(TSNode container) {
      List<Unit> units = new ArrayList<>();
      @Nullable TSNode comment = null;
      for (TSNode node : SyntaxTree.children(container, MAX_CHILDREN)) {
        if (node.getType().endsWith("comment")) {
          comment = comment == null ? node : comment;
        } else {
          units.add(unit(comment == null ? node : comment, node));
          comment = null;
        }
      }
      if (comment != null) {
        units.add(unit(comment, comment));
      }
      return units;
    }

    private Unit unit(TSNode first, TSNode node) {
      int from = tree.lineStart(first.getStartByte());
      int to = Math.max(from, node.getEndByte());
      String text = tree.text(from, to);
      int line = first.getStartPoint().getRow() + 1;
      return new Unit(node, from, to, line, name(node), Tokens.estimate(text));
    }

    /** A type goes on inside, after its head; anything else is cut by lines. */
    private void large(Unit unit, String path, int depth) {
      String title = join(path, unit.name());
      @Nullable TSNode body = depth < MAX_DEPTH ? bodyOf(unit.node()) : null;
      if (body == null) {
        pieces.pack(title, List.of(Block.of(tree.text(unit.from(), unit.to()), unit.line())));
      } else {
        String head = tree.text(unit.from(), body.getStartByte()).stripTrailing();
        boolean small = Tokens.estimate(head) <= SMALL_TOKENS;
        if (!small) {
          pieces.pack(title, List.of(Block.of(head, unit.line())));
        }
        members(body, title, depth + 1, small ? new Start(unit.from(), unit.line()) : null);
      }
    }

    private @Nullable TSNode bodyOf(TSNode node) {
      TSNode declaration = declarationIn(node);
      if (!grammar.isContainer(declaration.getType())) {
        return null;
      }
      TSNode body = SyntaxTree.field(declaration, "body");
      return body != null || declaration.getNamedChildCount() == 0 ? body : declaration;
    }

    /** Where the group begins if it is so small that what follows shall take it along, or null. */
    private @Nullable Start flush(
        List<Unit> group, String path, @Nullable Start lead, int smallTokens) {
      if (group.isEmpty()) {
        return lead;
      }
      Unit first = group.getFirst().after(lead);
      String text = tree.text(first.from(), group.getLast().to());
      if (Tokens.estimate(text) <= smallTokens) {
        group.clear();
        return new Start(first.from(), first.line());
      }
      pieces.pack(join(path, names(group)), List.of(Block.of(text, first.line())));
      group.clear();
      return null;
    }

    private String names(List<Unit> group) {
      Set<String> names = new LinkedHashSet<>();
      for (Unit unit : group) {
        if (!unit.name().isEmpty() && names.size() < NAMES_IN_TITLE) {
          names.add(unit.name());
        }
      }
      return String.join(", ", names);
    }

    /** What a declaration is called, or nothing for a statement. */
    private String name(TSNode node) {
      TSNode declaration = declarationIn(node);
      TSNode name = SyntaxTree.field(declaration, "name");
      if (name == null && hasDeclarators(declaration.getType())) {
        for (TSNode child : SyntaxTree.children(declaration, 3)) {
          name = name == null ? SyntaxTree.field(child, "name") : name;
        }
      }
      if (name == null) {
        name = assigned(declaration);
      }
      if (name == null) {
        return "";
      }
      String text = tree.text(name);
      TSNode receiver = SyntaxTree.field(declaration, "receiver");
      if (receiver != null) {
        text = tree.text(receiver).replaceAll("^\\(\\s*(?:\\w+\\s+)?\\*?|\\)$", "") + "." + text;
      }
      return text.length() > MAX_NAME_CHARACTERS ? "" : text.replaceAll("\\s+", " ");
    }

    private @Nullable TSNode assigned(TSNode statement) {
      if (!statement.getType().equals("expression_statement")) {
        return null;
      }
      List<TSNode> children = SyntaxTree.children(statement, 1);
      return children.isEmpty() ? null : SyntaxTree.field(children.getFirst(), "left");
    }
  }

  private static boolean hasDeclarators(String type) {
    return switch (type) {
      case "lexical_declaration",
          "variable_declaration",
          "field_declaration",
          "type_declaration",
          "const_declaration",
          "var_declaration" ->
          true;
      default -> false;
    };
  }

  /** Without exports and decorators around it. */
  private static TSNode declarationIn(TSNode node) {
    TSNode inner = SyntaxTree.field(node, "declaration");
    inner = inner == null ? SyntaxTree.field(node, "definition") : inner;
    return inner == null ? node : inner;
  }

  private static String join(String path, String name) {
    return path.isEmpty() || name.isEmpty() ? path + name : path + SEPARATOR + name;
  }
}
