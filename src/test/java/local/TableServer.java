package local;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.handler.ContextHandler;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * AWS's own DynamoDB Local with two tables in it: one with the string key {@code Date}, and one
 * with the string keys {@code Place} and {@code Date}.
 *
 * <p>Only its request handler is used: the server that comes with it listens on all interfaces and
 * reports its use to AWS.
 */
final class TableServer implements AutoCloseable {
  /** Held here, for a logger that nobody holds forgets its level. */
  private static final Logger SQLITE = Logger.getLogger("com.almworks.sqlite4java");

  static {
    SQLITE.setLevel(Level.WARNING);
  }

  private static final String ANYONE = "local";
  private static final String REGION = "us-east-1";

  private final Map<String, List<String>> tables;
  private final LocalDynamoDBRequestHandler dynamoDb;
  private final Loopback server;

  /**
   * Starts DynamoDB Local.
   *
   * @param tables the keys of each table: the partition key, then the sort key if there is one
   * @param folder where to keep the rows; in memory if empty
   */
  TableServer(Map<String, List<String>> tables, Optional<Path> folder) {
    this.tables = tables;
    dynamoDb =
        new LocalDynamoDBRequestHandler(
            0, folder.isEmpty(), folder.map(Path::toString).orElse(null), true, false);
    server = new Loopback(Service.DYNAMODB, 0, new ContextHandler(handler(), "/"));
  }

  /** Answers as the server at {@link #uri()} does, without a trip there. */
  Handler handler() {
    return new LocalDynamoDBServerHandler(dynamoDb, null);
  }

  URI uri() {
    return server.uri();
  }

  /** Sees to it that the tables are there, with what was in them. */
  void createTables() {
    var there = dynamoDb.listTables(ANYONE, REGION, ListTablesRequest.builder().build());
    tables.forEach(
        (table, keys) -> {
          if (!there.tableNames().contains(table)) {
            createTable(table, keys);
          }
        });
  }

  private void createTable(String table, List<String> keys) {
    var types = List.of(KeyType.HASH, KeyType.RANGE);
    dynamoDb.createTable(
        ANYONE,
        REGION,
        CreateTableRequest.builder()
            .tableName(table)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(keys.stream().map(TableServer::string).toList())
            .keySchema(
                IntStream.range(0, keys.size())
                    .mapToObj(
                        i ->
                            KeySchemaElement.builder()
                                .attributeName(keys.get(i))
                                .keyType(types.get(i))
                                .build())
                    .toList())
            .build());
  }

  private static AttributeDefinition string(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  void clear() {
    tables
        .keySet()
        .forEach(
            table ->
                dynamoDb.deleteTable(
                    ANYONE, REGION, DeleteTableRequest.builder().tableName(table).build()));
    createTables();
  }

  @Override
  public void close() {
    server.close();
    dynamoDb.shutdown();
  }
}
