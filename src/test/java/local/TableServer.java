package local;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
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
 * AWS's own DynamoDB Local with one table in it.
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

  private final String table;
  private final LocalDynamoDBRequestHandler dynamoDb;
  private final Loopback server;

  /**
   * Starts DynamoDB Local.
   *
   * @param folder where to keep the rows; in memory if empty
   */
  TableServer(String table, Optional<Path> folder) {
    this.table = table;
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

  /** Sees to it that the table is there, with what was in it. */
  void createTable() {
    var tables = dynamoDb.listTables(ANYONE, REGION, ListTablesRequest.builder().build());
    if (tables.tableNames().contains(table)) {
      return;
    }
    dynamoDb.createTable(
        ANYONE,
        REGION,
        CreateTableRequest.builder()
            .tableName(table)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(
                AttributeDefinition.builder()
                    .attributeName("Date")
                    .attributeType(ScalarAttributeType.S)
                    .build())
            .keySchema(
                KeySchemaElement.builder().attributeName("Date").keyType(KeyType.HASH).build())
            .build());
  }

  void clear() {
    dynamoDb.deleteTable(ANYONE, REGION, DeleteTableRequest.builder().tableName(table).build());
    createTable();
  }

  @Override
  public void close() {
    server.close();
    dynamoDb.shutdown();
  }
}
