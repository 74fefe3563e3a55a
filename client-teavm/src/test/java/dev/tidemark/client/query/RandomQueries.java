package dev.tidemark.client.query;

import dev.tidemark.protocol.contract.SmallRandom;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes queries of every form that the analyser knows, and of some that it does not. */
final class RandomQueries {
  private final SmallRandom random;
  private final List<String> spaces;
  private final List<@Nullable Object> parameters = new ArrayList<>();

  RandomQueries(SmallRandom random, List<String> spaces) {
    this.random = random;
    this.spaces = spaces;
  }

  /** A statement and what its {@code ?} stand for. */
  record Query(String sql, List<@Nullable Object> parameters) {
    @Nullable Object[] values() {
      return parameters.toArray();
    }
  }

  Query next() {
    parameters.clear();
    int dice = random.below(100);
    String sql = dice < 12 ? odd() : dice < 35 ? join() : select();
    return new Query(sql, new ArrayList<>(parameters));
  }

  private String select() {
    Relation relation = random.pick(ViewColumns.ALL);
    if (random.chance(50)) {
      relation = ViewColumns.ALL.get(0);
    }
    String alias = random.chance(25) ? "x" : "";
    StringBuilder sql = new StringBuilder(random.chance(50) ? "select " : "SELECT\n ");
    boolean isCount = random.chance(10);
    sql.append(isCount ? "count(*)" + (random.chance(50) ? " as n" : "") : list(relation, alias));
    sql.append(" from ").append(relation.name());
    if (!alias.isEmpty()) {
      sql.append(random.chance(50) ? " as " : " ").append(alias);
    }
    where(relation, alias, sql);
    if (isCount) {
      return sql.append(random.chance(20) ? ";" : "").toString();
    }
    if (random.chance(80)) {
      order(relation, alias, sql);
    }
    if (random.chance(60)) {
      long limit = random.below(25) - 1L;
      sql.append(" limit ").append(random.chance(50) ? bound(limit) : String.valueOf(limit));
      if (random.chance(8)) {
        sql.append(" offset 2");
      }
    }
    return sql.toString();
  }

  /** Two or three views, sometimes found by their key. */
  private String join() {
    List<Relation> relations = new ArrayList<>();
    relations.add(random.chance(70) ? ViewColumns.ALL.get(0) : random.pick(ViewColumns.ALL));
    StringBuilder sql = new StringBuilder(" from ").append(relations.get(0).name()).append(" t0");
    for (int i = 1 + random.below(2); i > 0; i--) {
      sql.append(joined(relations));
    }
    StringBuilder list = new StringBuilder("select ");
    for (int i = random.below(4); i >= 0; i--) {
      int item = random.below(relations.size());
      list.append(
          random.chance(8)
              ? "t" + item + ".*"
              : ref(item, random.pick(relations.get(item).columns())));
      list.append(i == 0 ? "" : ", ");
    }
    // Parameters count in the order of the text: what ON holds stands before WHERE.
    for (int i = 0; i < random.below(3); i++) {
      int item = random.chance(70) ? 0 : random.below(relations.size());
      sql.append(i == 0 ? " where " : " and ").append(term(relations.get(item), "t" + item));
      if (random.chance(20)) {
        sql.append(" and t0.").append(relations.get(0).columns().get(0).name()).append(" = ");
        sql.append("t1.").append(relations.get(1).columns().get(0).name());
      }
    }
    if (random.chance(85)) {
      List<Column> key = key(relations.get(0));
      for (int i = 0; i < key.size(); i++) {
        sql.append(i == 0 ? " order by " : ", ").append(ref(0, key.get(i)));
      }
    }
    if (random.chance(40)) {
      sql.append(" limit ").append(bound((long) random.below(12)));
    }
    return list.append(sql).toString();
  }

  private String joined(List<Relation> relations) {
    int item = relations.size();
    Relation relation = random.pick(ViewColumns.ALL);
    if (random.chance(40)) {
      relation = ViewColumns.find("profiles");
    }
    if (relation == null) {
      throw new IllegalStateException("no profiles");
    }
    relations.add(relation);
    String join =
        random.pick(List.of(" left join ", " left outer join ", " join ", " inner join "));
    StringBuilder sql = new StringBuilder(join).append(relation.name()).append(" t").append(item);
    sql.append(" on ");
    List<Column> key = key(relation);
    for (int i = 0; i < key.size(); i++) {
      Column other = random.pick(relations.get(0).columns());
      Column same = relations.get(0).column(key.get(i).name());
      Column author = relations.get(0).column("author");
      if (key.get(i).name().equals("user") && author != null) {
        other = author;
      } else if (same != null && random.chance(85)) {
        other = same;
      }
      sql.append(i == 0 ? "" : " and ");
      boolean isTurned = random.chance(30);
      sql.append(isTurned ? ref(0, other) : ref(item, key.get(i))).append(" = ");
      sql.append(isTurned ? ref(item, key.get(i)) : ref(0, other));
    }
    if (random.chance(20)) {
      int about = random.chance(80) ? item : 0;
      sql.append(" and ").append(term(relations.get(about), "t" + about));
    }
    return sql.toString();
  }

  private static String ref(int item, Column column) {
    return "t" + item + "." + column.name();
  }

  private static List<Column> key(Relation relation) {
    return relation.uniqueKeys().isEmpty() ? relation.columns() : relation.uniqueKeys().get(0);
  }

  private String list(Relation relation, String alias) {
    if (random.chance(20)) {
      return random.chance(50) || alias.isEmpty() ? "*" : alias + ".*";
    }
    StringBuilder list = new StringBuilder();
    int count = 1 + random.below(5);
    for (int i = 0; i < count; i++) {
      list.append(i == 0 ? "" : ", ").append(column(relation, alias));
      if (random.chance(15)) {
        list.append(random.chance(50) ? " as " : " ").append("a").append(i);
      }
    }
    if (random.chance(6)) {
      list.append(", ").append(column(relation, alias)).append(" || '!'");
    }
    return list.toString();
  }

  private void where(Relation relation, String alias, StringBuilder sql) {
    int count = random.below(4);
    boolean isFirst = true;
    if (random.chance(70) && relation.column("space") != null) {
      sql.append(" where ").append(alias.isEmpty() ? "" : alias + ".").append("space = ");
      sql.append(bound(random.pick(spaces)));
      isFirst = false;
    }
    for (int i = 0; i < count; i++) {
      sql.append(isFirst ? " where " : random.chance(95) ? " and " : " or ");
      isFirst = false;
      sql.append(term(relation, alias));
    }
  }

  private String term(Relation relation, String alias) {
    Column column = random.pick(relation.columns());
    boolean isBare = alias.isEmpty() || (alias.equals("x") && random.chance(30));
    String name = (isBare ? "" : alias + ".") + column.name();
    return switch (random.below(14)) {
      case 0, 1, 2 -> name + (random.chance(70) ? " = " : " == ") + constant(column);
      case 3 -> name + " is null";
      case 4 -> name + (random.chance(50) ? " is not null" : " notnull");
      case 5 -> name + " < " + constant(column);
      case 6 -> name + " >= " + constant(column);
      case 7 -> name + " in (" + constant(column) + ", " + constant(column) + ")";
      case 8 -> name + " between " + constant(column) + " and " + constant(column);
      case 9 -> name + " <> " + constant(column);
      case 10 -> name + (random.chance(50) ? " is " : " is not ") + constant(column);
      case 11 -> name + " > " + constant(column);
      case 12 -> name + " <= " + constant(column);
      default -> oddTerm(name, column);
    };
  }

  private String oddTerm(String name, Column column) {
    return switch (random.below(7)) {
      case 0 -> "(" + name + " = " + constant(column) + " or " + name + " is null)";
      case 1 -> name + " like '%a%'";
      case 2 -> "not " + name + " = " + constant(column);
      case 3 -> "case when " + name + " is null and 1 then 0 else 1 end = 1";
      case 4 -> name + " not between " + constant(column) + " and " + constant(column);
      case 5 -> constant(column) + " = " + name;
      default -> name + " = " + constant(column) + " collate nocase";
    };
  }

  private void order(Relation relation, String alias, StringBuilder sql) {
    sql.append(" order by ");
    if (relation.column("order_key") != null && random.chance(50)) {
      sql.append("order_key").append(random.chance(60) ? " desc" : "");
      return;
    }
    for (int i = random.below(2); i >= 0; i--) {
      sql.append(column(relation, alias)).append(random.chance(40) ? " desc, " : ", ");
    }
    List<Column> key = key(relation);
    for (int i = 0; i < key.size(); i++) {
      sql.append(i == 0 ? "" : ", ")
          .append(key.get(i).name())
          .append(random.chance(30) ? " desc" : "");
    }
  }

  private String column(Relation relation, String alias) {
    String name = random.pick(relation.columns()).name();
    return switch (random.below(8)) {
      case 0 -> "\"" + name + "\"";
      case 1 -> name.toUpperCase(java.util.Locale.ROOT);
      case 2 -> alias.isEmpty() ? relation.name() + "." + name : alias + "." + name;
      default -> name;
    };
  }

  private String constant(Column column) {
    @Nullable Object value = value(column);
    if (value instanceof Long && random.chance(40)) {
      return value.toString();
    }
    if (value instanceof String text && random.chance(30)) {
      return "'" + text.replace("'", "''") + "'";
    }
    return bound(value);
  }

  private String bound(@Nullable Object value) {
    parameters.add(value);
    return "?";
  }

  /** A value that rows have often; now and then one of another kind, which SQLite may convert. */
  private @Nullable Object value(Column column) {
    if (random.chance(4)) {
      return random.pick(List.of("7", "", 3L, 2.5, -1L));
    }
    if (random.chance(3)) {
      return null;
    }
    return switch (column.name()) {
      case "space", "target" -> random.pick(spaces);
      case "id" ->
          random.pick(List.of("message-", "channel-", "document-")) + (1 + random.below(20));
      case "channel" -> "channel-" + (1 + random.below(6));
      case "thread", "message" -> "message-" + (1 + random.below(40));
      case "author", "user" -> random.pick(List.of("ada", "ben", "cleo", "import:dan"));
      case "state" ->
          column.isPlain()
              ? (Object) (long) random.below(3)
              : random.pick(List.of("sent", "pending"));
      case "role" -> random.pick(List.of("owner", "member", "reader"));
      case "emoji" -> random.pick(List.of("👍", "🎉", "＋"));
      case "deleted", "archived", "personal", "pinned", "replies", "reactions", "unread" ->
          (long) random.below(3);
      case "position", "order_key", "head", "number" -> (long) random.below(150);
      default -> column.type() == Column.Type.TEXT ? "the tide 5" : 1_750_000_000_000L;
    };
  }

  /** Statements outside the subset. */
  private String odd() {
    String space = bound(random.pick(spaces));
    return switch (random.below(9)) {
      case 0 ->
          "select m.id, p.name from messages m left join profiles p on p.space = m.space and p.user"
              + " = m.author where m.space = "
              + space
              + " order by m.order_key";
      case 1 ->
          "select author, count(*) n from messages where space = " + space + " group by author";
      case 2 ->
          "with m as (select * from messages where space = "
              + space
              + ") select id, body from m order by id limit 5";
      case 3 ->
          "select id from channels where space = "
              + space
              + " union select id from documents order by 1";
      case 4 ->
          "select id, (select count(*) from reactions r where r.message = m.id) n from messages m"
              + " where space = "
              + space;
      case 5 ->
          "select c.id from channels c, members u where u.space = c.space and c.space = "
              + space
              + " order by c.id, u.user";
      case 7 ->
          "select m.id from messages m left join profiles p on p.space = m.space and p.user ="
              + " m.author where m.space = "
              + space
              + " and p.name is null order by m.id";
      case 6 -> "select distinct channel from messages where space = " + space + " limit 3";
      default ->
          "select max(order_key), min(body) from messages where space = "
              + space
              + " and exists (select 1 from members where role = 'owner')";
    };
  }
}
