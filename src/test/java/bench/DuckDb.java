package bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Properties;

/**
 * For the benchmarks: what the first stages compute, as one would with DuckDB: two threads, files
 * on disk whose columns it is told, and no digest of them. Its driver is found at run time. The
 * clock starts when it is loaded and connected.
 *
 * <pre>
 *   join NYT JHU      the joined days: collect-days WALL CPU in seconds, and days COUNT SHA-256
 *   world JHU CSV     every country by day, to a file: world WALL CPU, and set COUNT SHA-256
 * </pre>
 */
public final class DuckDb {
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  // It looks for quotes in the first rows alone, and the feed has its first ones later.
  private static final String CSV =
      "read_csv('%s', auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"',"
          + " columns = {%s})";
  private static final String NYT = "'date': 'VARCHAR', 'cases': 'BIGINT', 'deaths': 'BIGINT'";
  private static final String JHU =
      "'Date': 'VARCHAR', 'Country': 'VARCHAR', 'Province': 'VARCHAR', 'Confirmed': 'BIGINT',"
          + " 'Recovered': 'BIGINT', 'Deaths': 'BIGINT'";

  private static final String JOIN =
      "SELECT nyt.date || ',' || cases || ',' || nyt.deaths || ',' || Country || ','"
          + " || coalesce(Recovered, 0) || chr(10)"
          + " FROM %s AS nyt JOIN %s AS jhu ON nyt.date = jhu.Date"
          + " WHERE Country = 'US' ORDER BY nyt.date";
  private static final String WORLD =
      "COPY (SELECT Country AS Place, Date, sum(Confirmed) AS Cases, sum(Deaths) AS Deaths,"
          + " sum(Recovered) AS Recovered FROM %s GROUP BY ALL ORDER BY ALL) TO '%s' (HEADER)";

  private DuckDb() {}

  /** What came of a query: rows, and their text. */
  private record Found(long rows, byte[] text) {}

  private interface Work {
    Found run(Statement statement) throws SQLException;
  }

  /**
   * Computes one of them.
   *
   * @param args which one, and its files
   */
  public static void main(String... args)
      throws SQLException, IOException, NoSuchAlgorithmException {
    Properties threads = new Properties();
    threads.setProperty("threads", "2");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:", threads);
        Statement statement = connection.createStatement()) {
      if (args[0].equals("join")) {
        String query = JOIN.formatted(CSV.formatted(args[1], NYT), CSV.formatted(args[2], JHU));
        Found found = timed("collect-days", statement, any -> read(any, query));
        System.out.printf("days %d %s%n", found.rows, digest(found.text));
      } else {
        String query = WORLD.formatted(CSV.formatted(args[1], JHU), args[2]);
        Found found =
            timed("world", statement, any -> new Found(any.executeUpdate(query), new byte[0]));
        System.out.printf("set %d %s%n", found.rows, digest(Files.readAllBytes(Path.of(args[2]))));
      }
    }
  }

  private static Found timed(String stage, Statement statement, Work work) throws SQLException {
    long wall = System.nanoTime();
    long cpu = PROCESS.getProcessCpuTime();
    Found found = work.run(statement);
    cpu = PROCESS.getProcessCpuTime() - cpu;
    wall = System.nanoTime() - wall;
    System.out.printf("%s %s %s%n", stage, seconds(wall), seconds(cpu));
    return found;
  }

  private static Found read(Statement statement, String query) throws SQLException {
    StringBuilder text = new StringBuilder();
    int rows = 0;
    try (ResultSet found = statement.executeQuery(query)) {
      while (found.next()) {
        text.append(found.getString(1));
        rows++;
      }
    }
    return new Found(rows, text.toString().getBytes(UTF_8));
  }

  private static double seconds(long nanos) {
    return Duration.ofNanos(nanos).toMillis() / 1000.0;
  }

  private static String digest(byte[] text) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
  }
}
