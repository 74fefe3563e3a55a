package dev.tidemark.protocol.schema;

import dev.tidemark.protocol.database.SqlConnection;
import dev.tidemark.protocol.database.SqlStatement;
import java.util.ArrayList;
import java.util.List;

/** Results of a query as lists of texts: rows as {@code a|b|c}, NULL as {@code -}. */
final class Rows {

  private Rows() {}

  static List<String> of(SqlConnection connection, String sql, Object... parameters) {
    SqlStatement statement = connection.prepare(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.bind(i + 1, parameters[i]);
    }
    List<String> rows = new ArrayList<>();
    while (statement.step()) {
      List<String> row = new ArrayList<>();
      for (int i = 0; i < statement.columnCount(); i++) {
        row.add(statement.isNull(i) ? "-" : statement.text(i));
      }
      rows.add(String.join("|", row));
    }
    statement.reset();
    return rows;
  }

  static List<String> columns(SqlConnection connection, String view) {
    SqlStatement statement = connection.prepare("SELECT * FROM " + view + " LIMIT 0");
    List<String> names = new ArrayList<>();
    for (int i = 0; i < statement.columnCount(); i++) {
      names.add(statement.columnName(i));
    }
    return names;
  }
}
