package routes;

import static local.Faults.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import aws.AwsClients;
import covid.FeedLayout;
import covid.Metric;
import feeds.FeedSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import local.Fault;
import local.LocalCloud;
import local.LocalCloudExtension;
import local.Service;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.hc.client5.http.CircularRedirectException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.ParseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import webhooks.Form;
import webhooks.Webhook;

/** The sentence of every cause in {@code causes.yaml}, the ones of AWS by its own clients. */
@ExtendWith(LocalCloudExtension.class)
class CausesTest {
  private static final FeedSource FEED =
      new FeedSource(
          "nyt",
          URI.create("https://feeds.test/us.csv"),
          FeedLayout.parse("date=date, cases=cases", Metric.PUBLISHED));
  private static final String CHAIN =
      "Unable to load credentials from any of the providers in the chain X(profileName=covid, y) : [";

  private final LocalCloud cloud;
  private final AwsClients clients = new AwsClients(2, true);

  CausesTest(LocalCloud cloud) {
    this.cloud = cloud;
  }

  @AfterEach
  void closeClients() {
    clients.stop();
  }

  // --- What the services answer

  private static void putItem(AwsClients aws) {
    aws.dynamoDb()
        .putItem(
            put ->
                put.tableName("CovidData")
                    .item(Map.of("Date", AttributeValue.fromS("2020-01-22"))));
  }

  private static void updateItem(AwsClients aws) {
    aws.dynamoDb()
        .updateItem(
            update ->
                update
                    .tableName("CovidData")
                    .key(Map.of("Date", AttributeValue.fromS("2020-01-22"))));
  }

  private static void getItem(AwsClients aws) {
    aws.dynamoDb()
        .getItem(
            get ->
                get.tableName("CovidData").key(Map.of("Date", AttributeValue.fromS("2020-01-22"))));
  }

  private static void query(AwsClients aws) {
    aws.dynamoDb()
        .query(
            query ->
                query
                    .tableName("CovidData")
                    .keyConditionExpression("Place = :place")
                    .expressionAttributeValues(Map.of(":place", AttributeValue.fromS("US"))));
  }

  private static void putObject(AwsClients aws) {
    aws.s3()
        .putObject(
            put -> put.bucket("covid-data").key("CovidData.csv"), RequestBody.fromString(""));
  }

  private static void getObject(AwsClients aws) {
    aws.s3().getObject(get -> get.bucket("covid-data").key("runs/x.json"));
  }

  private static void copyObject(AwsClients aws) {
    aws.s3()
        .copyObject(
            copy ->
                copy.sourceBucket("covid-data")
                    .sourceKey("a")
                    .destinationBucket("covid-data")
                    .destinationKey("b"));
  }

  private static void publish(AwsClients aws) {
    aws.sns()
        .publish(
            publish ->
                publish.topicArn("arn:aws:sns:us-east-1:123456789012:covid").message("done"));
  }

  private static void send(AwsClients aws) {
    aws.sqs()
        .sendMessage(
            send ->
                send.queueUrl("https://sqs.us-east-1.amazonaws.com/123456789012/chunks")
                    .messageBody("{}"));
  }

  private static void delete(AwsClients aws) {
    aws.sqs()
        .deleteMessageBatch(
            delete ->
                delete
                    .queueUrl("https://sqs.us-east-1.amazonaws.com/123456789012/chunks")
                    .entries(
                        DeleteMessageBatchRequestEntry.builder()
                            .id("1")
                            .receiptHandle("x")
                            .build()));
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        dynamoDb(
            CausesTest::putItem,
            "AccessDeniedException",
            "User: arn:aws:iam::123456789012:user/bob is not authorized to perform:"
                + " dynamodb:PutItem on resource: arn:aws:dynamodb:us-east-1:123456789012:table/CovidData",
            "The AWS credentials do not allow PutItem on table CovidData: grant them"
                + " dynamodb:PutItem (AccessDenied: User: arn:*** is not authorized to perform:"
                + " dynamodb:PutItem on resource: arn:***)."),
        dynamoDb(
            CausesTest::updateItem,
            "AccessDeniedException",
            "User: bob is not authorized to perform: dynamodb:UpdateItem on resource: it",
            "The AWS credentials do not allow UpdateItem on table CovidData: to take revisions, set"
                + " MayTakeRevisions=true in the stack of aws/stack.yaml, or grant them"
                + " dynamodb:UpdateItem (AccessDenied: User: bob is not authorized to perform:"
                + " dynamodb:UpdateItem on resource: it)."),
        s3(
            CausesTest::copyObject,
            403,
            "AccessDenied",
            "The AWS credentials do not allow CopyObject on b in bucket covid-data: grant them"
                + " s3:PutObject (AccessDenied: No)."),
        arguments(
            (Consumer<AwsClients>) CausesTest::getObject,
            Fault.answer(403, Map.of(), ""),
            "The AWS credentials do not allow GetObject on runs/x.json in bucket covid-data: grant"
                + " them s3:GetObject."),
        dynamoDb(
            CausesTest::putItem,
            "ExpiredTokenException",
            "The security token included in the request is expired",
            "The AWS credentials have expired, so DynamoDB refuses PutItem on table CovidData: renew"
                + " them and start again (ExpiredToken: The security token included in the request"
                + " is expired)."),
        s3(
            CausesTest::putObject,
            403,
            "RequestTimeTooSkewed",
            "The clock of this machine is wrong, so S3 refuses PutObject on CovidData.csv in bucket"
                + " covid-data: set it by NTP (RequestTimeTooSkewed: No)."),
        dynamoDb(
            CausesTest::putItem,
            "InvalidSignatureException",
            "Signature expired: 20260101T000000Z is now earlier than 20260102T000000Z",
            "The clock of this machine is wrong, so DynamoDB refuses PutItem on table CovidData: set"
                + " it by NTP (InvalidSignature: Signature expired: 20260101T000000Z is now earlier"
                + " than 20260102T000000Z)."),
        dynamoDb(
            CausesTest::getItem,
            "UnrecognizedClientException",
            "The security token included in the request is invalid.",
            "AWS does not know the credentials, so DynamoDB refuses GetItem on table CovidData:"
                + " correct AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
                + " (UnrecognizedClient: The security token included in the request is invalid)."),
        dynamoDb(
            CausesTest::putItem,
            "OptInRequired",
            "No.",
            "The AWS account has not opened DynamoDB in us-east-1: enable it, or correct AWS_REGION"
                + " (OptInRequired: No)."),
        dynamoDb(
            CausesTest::putItem,
            "ValidationException",
            "One or more parameter values were invalid: Missing the key date in the item",
            "Table CovidData has another key: make a table whose only key is Date, a string, or"
                + " correct store.table (Validation: One or more parameter values were invalid:"
                + " Missing the key date in the item)."),
        dynamoDb(
            CausesTest::getItem,
            "ValidationException",
            "The provided key element does not match the schema",
            "Table CovidData has another key: make a table whose only key is Date, a string, or"
                + " correct store.table (Validation: The provided key element does not match the"
                + " schema)."),
        dynamoDb(
            CausesTest::query,
            "ValidationException",
            "Query condition missed key schema element: Date",
            "Table CovidData has another key: make one with partition key Place and sort"
                + " key Date, both strings, or correct store.table or store.key (Validation: Query"
                + " condition missed key schema element: Date)."),
        dynamoDb(
            CausesTest::putItem,
            "ValidationException",
            "Number overflow.",
            "DynamoDB refuses the values of PutItem on table CovidData: correct what it names"
                + " (Validation: Number overflow)."),
        dynamoDb(
            CausesTest::putItem,
            "ResourceNotFoundException",
            "Requested resource not found",
            "Table CovidData does not exist in us-east-1: create it, or correct store.table or"
                + " AWS_REGION (ResourceNotFound: Requested resource not found)."),
        s3(
            CausesTest::putObject,
            404,
            "NoSuchBucket",
            "Bucket covid-data does not exist: create it, or correct archive.bucket"
                + " (NoSuchBucket: No)."),
        s3(
            CausesTest::getObject,
            404,
            "NoSuchKey",
            "runs/x.json is not in bucket covid-data: find out who removed it (NoSuchKey: No)."),
        s3(
            CausesTest::putObject,
            301,
            "PermanentRedirect",
            "Bucket covid-data is in another region than us-east-1: correct AWS_REGION"
                + " (PermanentRedirect: No)."),
        sns(
            404,
            "NotFound",
            "Topic covid does not exist in us-east-1: create it, or correct announce.topic"
                + " (NotFound: No)."),
        sqs(
            CausesTest::send,
            400,
            "AWS.SimpleQueueService.NonExistentQueue",
            "Queue chunks does not exist in us-east-1: create it, or correct chunks.to or chunks.from"
                + " (AWS.SimpleQueueService.NonExistentQueue: No)."),
        sqs(
            CausesTest::delete,
            403,
            "AccessDenied",
            "The AWS credentials do not allow DeleteMessageBatch on queue chunks: grant them"
                + " sqs:DeleteMessage (AccessDenied: No)."),
        sqs(
            CausesTest::send,
            403,
            "RequestThrottled",
            "SQS throttles SendMessage on queue chunks: the next run tries again; if it lasts, check"
                + " what else calls it (RequestThrottled: No)."),
        dynamoDb(
            CausesTest::putItem,
            "ProvisionedThroughputExceededException",
            "No.",
            "DynamoDB throttles PutItem on table CovidData: the next run tries again; if it lasts,"
                + " raise the capacity of the table or lower store.concurrency"
                + " (ProvisionedThroughputExceeded: No)."),
        sns(
            400,
            "Throttling",
            "SNS throttles Publish on topic covid: the next run tries again; if it lasts, check what"
                + " else calls it (Throttling: No)."),
        s3(
            CausesTest::putObject,
            400,
            "RequestTimeout",
            "PutObject on CovidData.csv in bucket covid-data came too slowly for S3: the next run"
                + " tries again; if it lasts, check the network (RequestTimeout: No)."),
        s3(
            CausesTest::putObject,
            500,
            "InternalError",
            "S3 failed at PutObject on CovidData.csv in bucket covid-data: the next run tries again;"
                + " if it lasts, check the health of AWS in us-east-1 (InternalError: No)."),
        s3(
            CausesTest::putObject,
            400,
            "EntityTooLarge",
            "S3 refuses PutObject on CovidData.csv in bucket covid-data: look up this error of S3"
                + " (EntityTooLarge: No)."));
  }

  private static Arguments dynamoDb(
      Consumer<AwsClients> call, String code, String message, String sentence) {
    return arguments(call, refusal(Service.DYNAMODB, 400, code, message), sentence);
  }

  private static Arguments s3(Consumer<AwsClients> call, int status, String code, String sentence) {
    return arguments(call, refusal(Service.S3, status, code), sentence);
  }

  private static Arguments sns(int status, String code, String sentence) {
    return arguments(
        (Consumer<AwsClients>) CausesTest::publish, refusal(Service.SNS, status, code), sentence);
  }

  private static Arguments sqs(
      Consumer<AwsClients> call, int status, String code, String sentence) {
    return arguments(call, refusal(Service.SQS, status, code), sentence);
  }

  @ParameterizedTest
  @MethodSource
  void answers(Consumer<AwsClients> call, Fault fault, String sentence) {
    cloud.intercept(asked -> fault);

    assertThat(Reason.of(catchThrowable(() -> call.accept(clients)))).isEqualTo(sentence);
  }

  // --- The way there

  @Test
  void aConnectionThatBreaks() {
    cloud.intercept(asked -> Fault.dropBefore());

    assertThat(Reason.of(catchThrowable(() -> putItem(clients))))
        .isEqualTo(
            "The connection to DynamoDB at %s broke during PutItem on table CovidData: the next run"
                + " tries again; if it lasts, check the network (The target server failed to"
                + " respond).",
            cloud.dynamoDb());
    assertThat(cloud.requests()).containsExactly(Service.DYNAMODB.title() + " PutItem");
  }

  static Stream<Arguments> addresses() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    return Stream.of(
        arguments(
            "http://127.0.0.1:" + closed,
            "DynamoDB at http://127.0.0.1:%d refuses the connection for PutItem on table CovidData:"
                    .formatted(closed)
                + " the next run tries again; if it lasts, check the network and the endpoint."),
        arguments(
            "http://dynamodb.invalid",
            "The host of DynamoDB at http://dynamodb.invalid is not known: correct AWS_REGION or the"
                + " endpoint, or check the DNS."));
  }

  @ParameterizedTest
  @MethodSource
  void addresses(String endpoint, String sentence) {
    String before = System.setProperty("aws.endpointUrlDynamoDb", endpoint);
    AwsClients astray = new AwsClients(2, true);
    try {
      assertThat(Reason.of(catchThrowable(() -> putItem(astray)))).isEqualTo(sentence);
    } finally {
      astray.stop();
      System.setProperty("aws.endpointUrlDynamoDb", before);
    }
  }

  // --- What takes too long to be had by itself, or needs another machine

  static Stream<Arguments> errors() {
    return Stream.of(
        arguments(
            ApiCallAttemptTimeoutException.create(15_000),
            "(unknown) at (unknown) did not answer (unknown) on (unknown) in time: the next run tries"
                + " again; if it lasts, check the network (HTTP request execution did not complete"
                + " before the specified timeout configuration: 15000 millis)."),
        arguments(
            SdkClientException.create(
                "The published set broke off while it was read", new IOException("Premature end")),
            "The published set broke off while it was read from S3: the next run tries again; if it"
                + " lasts, check the network (Premature end)."),
        arguments(
            SdkClientException.create("cut", new SSLHandshakeException("no trusted certificate")),
            "The TLS connection to (unknown) at (unknown) fails: check the endpoint, and whether a"
                + " proxy is in between (no trusted certificate)."),
        arguments(
            SdkClientException.create(CHAIN + "P(profileName=covid, y): Unable to load SSO token]"),
            "The login of the AWS profile covid is missing or has expired: log in with: aws sso login"
                + " --profile covid."),
        arguments(
            SdkClientException.create(
                CHAIN
                    + "To use login_session property in the 'covid' profile, the 'signin' service"
                    + " module must be on the class path.]"),
            "The AWS profile covid is of aws login, which is not supported: use a profile with"
                + " sso_session, a role or keys."),
        arguments(
            SdkClientException.create(
                CHAIN
                    + "WebIdentityTokenFileCredentialsProvider(): Not authorized to perform"
                    + " sts:AssumeRoleWithWebIdentity, ProfileCredentialsProvider(x): y]"),
            "AWS STS does not give the role of the web identity: check AWS_ROLE_ARN,"
                + " AWS_WEB_IDENTITY_TOKEN_FILE and who may assume the role (Not authorized to perform"
                + " sts:AssumeRoleWithWebIdentity)."),
        arguments(
            SdkClientException.create(
                CHAIN
                    + "WebIdentityTokenFileCredentialsProvider(): Either the environment variable"
                    + " must be set., ProfileCredentialsProvider(x): y]"),
            "There are no AWS credentials: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and"
                + " AWS_SECRET_ACCESS_KEY, or give the machine or pod a role."));
  }

  @ParameterizedTest
  @MethodSource
  void errors(Throwable error, String sentence) {
    assertThat(Reason.of(error)).isEqualTo(sentence);
  }

  // --- Feeds; FeedFaultsTest has them by real servers

  static Stream<Arguments> pulls() {
    return Stream.of(
        arguments(
            answered(404, "Not Found"),
            "answered 404 Not Found: the feed has moved or ended; correct feed.nyt.url."),
        arguments(
            answered(403, "Forbidden"),
            "answered 403 Forbidden: the server, or a proxy, asks for an account; correct feed.nyt.url"
                + " or feed.nyt.headers."),
        arguments(
            answered(407, "Proxy Authentication Required"),
            "answered 407 Proxy Authentication Required: the proxy asks for a user and a password;"
                + " give them in HTTPS_PROXY or HTTP_PROXY."),
        arguments(
            answered(302, "Found"),
            "answered 302 Found and does not say where the feed is: correct feed.nyt.url."),
        arguments(
            answered(429, null),
            "answered 429: the server wants fewer requests; the next run tries again."),
        arguments(
            answered(503, ""),
            "answered 503: the next run tries again; if it lasts, check the feed's site."),
        arguments(
            answered(400, "Bad Request"),
            "answered 400 Bad Request: check whether feed.nyt.url is right."),
        arguments(
            new CircularRedirectException("Circular redirect to /a?s=1"),
            "redirects in a circle, or too often: look up in a browser where the feed is, and correct"
                + " feed.nyt.url."),
        arguments(
            new URISyntaxException("http://[", "Expected closing bracket for IPv6 address", 8),
            "redirects to what is not a web address: look up in a browser where the feed is, and correct"
                + " feed.nyt.url (Expected closing bracket for IPv6 address at index 8: http://[)."),
        arguments(
            new UnknownHostException("feeds.test: Name or service not known"),
            "The host of https://feeds.test/us.csv is not known: correct feed.nyt.url, or check the"
                + " DNS."),
        arguments(
            new SocketTimeoutException("Connect timed out"),
            "cannot be connected to in time: the next run tries again; if it lasts, check the network"
                + " (Connect timed out)."),
        arguments(
            new ConnectException("Connect to https://feeds.test failed: Connection refused"),
            "refuses the connection: the next run tries again; if it lasts, check the network and"
                + " feed.nyt.url."),
        arguments(
            new SSLHandshakeException("no trusted certificate"),
            "The TLS connection to https://feeds.test/us.csv fails: check whether its certificate is"
                + " good, and whether a proxy is in between (no trusted certificate)."),
        arguments(
            new NoHttpResponseException("The target server failed to respond"),
            "closed the connection without an answer: the next run tries again; if it lasts, check the"
                + " feed's site."),
        arguments(
            new MessageConstraintException("Maximum header count exceeded"),
            "sends endless headers: check what answers there, and correct feed.nyt.url"
                + " (Maximum header count exceeded)."),
        arguments(
            new ParseException("Invalid header"),
            "does not answer with valid HTTP: check what answers there, and correct feed.nyt.url"
                + " (Invalid header)."),
        arguments(
            new IOException("Connection reset"),
            "The connection to https://feeds.test/us.csv broke: the next run tries again; if it"
                + " lasts, check the network (Connection reset)."));
  }

  private static HttpOperationFailedException answered(int status, String text) {
    return new HttpOperationFailedException(FEED.url().toString(), status, text, null, null, "");
  }

  @ParameterizedTest
  @MethodSource
  void pulls(Throwable error, String sentence) {
    assertThat(Reason.ofPull(error, FEED)).isEqualTo(whole(sentence));
    assertThat(Reason.ofPull(new IllegalStateException("around", error), FEED))
        .isEqualTo(whole(sentence));
  }

  private static String whole(String sentence) {
    return sentence.startsWith("The ") ? sentence : "https://feeds.test/us.csv " + sentence;
  }

  // --- Webhooks; WebhookFaultsTest has them by real servers

  private static final Webhook WEBHOOK =
      new Webhook(1, Form.REPORT, URI.create("https://hook.test/secret"));

  static Stream<Arguments> posts() {
    return Stream.of(
        arguments(
            refused(308, "Permanent Redirect"),
            "https://hook.test/*** answered 308 Permanent Redirect, and a message is not sent on to"
                + " where that leads: look up where the webhook is now, and correct"
                + " announce.webhook."),
        arguments(
            refused(410, "Gone"),
            "https://hook.test/*** answered 410 Gone: the webhook was removed; make another one, or"
                + " correct announce.webhook."),
        arguments(
            refused(401, "Unauthorized"),
            "https://hook.test/*** answered 401 Unauthorized: it refuses the address or the"
                + " signature; correct announce.webhook or announce.webhook.secret, and check the"
                + " clock of this machine."),
        arguments(
            refused(407, null),
            "https://hook.test/*** answered 407: the proxy asks for a user and a password; give them"
                + " in HTTPS_PROXY or HTTP_PROXY."),
        arguments(
            refused(502, "Bad Gateway"),
            "https://hook.test/*** answered 502 Bad Gateway: if it lasts, check what answers there."),
        arguments(
            refused(405, "Method Not Allowed"),
            "https://hook.test/*** answered 405 Method Not Allowed: it does not take the message;"
                + " check whether announce.webhook has the form that it takes."),
        arguments(
            new UnknownHostException("hook.test"),
            "The host of https://hook.test/*** is not known: correct announce.webhook, or check the"
                + " DNS."),
        arguments(
            new SocketTimeoutException("Read timed out"),
            "https://hook.test/*** did not answer in time: check the network, or raise"
                + " announce.webhook.timeout."),
        arguments(
            new ConnectException("Connect to https://hook.test failed: Connection refused"),
            "https://hook.test/*** refuses the connection: check the network and"
                + " announce.webhook."),
        arguments(
            new SSLHandshakeException("no trusted certificate"),
            "The TLS connection to https://hook.test/*** fails: check whether its certificate is"
                + " good, and whether a proxy is in between (no trusted certificate)."),
        arguments(
            new ParseException("Invalid header"),
            "https://hook.test/*** does not answer with valid HTTP: check what answers there, and"
                + " correct announce.webhook (Invalid header)."),
        arguments(
            new IOException("Connection reset"),
            "The connection to https://hook.test/*** broke: check the network (Connection"
                + " reset)."),
        arguments(
            new IllegalStateException("no body"),
            "The request to https://hook.test/*** failed unexpectedly (no body); see the log."));
  }

  private static HttpOperationFailedException refused(int status, String text) {
    return new HttpOperationFailedException(WEBHOOK.shown(), status, text, null, null, "");
  }

  @ParameterizedTest
  @MethodSource
  void posts(Throwable error, String sentence) {
    assertThat(Reason.ofWebhook(error, WEBHOOK)).isEqualTo(sentence);
  }

  // --- The table

  @Test
  @SuppressWarnings("unchecked")
  void everyCauseHasItsSentenceHere() throws IOException {
    List<String> sentences =
        Stream.of(
                answers().map(example -> (String) example.get()[2]),
                addresses().map(example -> (String) example.get()[1]),
                errors().map(example -> (String) example.get()[1]),
                pulls().map(example -> whole((String) example.get()[1])),
                posts().map(example -> (String) example.get()[1]),
                Stream.of(
                    "The connection to DynamoDB at x broke during PutItem on table CovidData: the"
                        + " next run tries again; if it lasts, check the network.",
                    // Made by the pull alone: FeedFaultsTest.
                    "x: it is longer than 20 bytes (feed.max-bytes): raise it if the feed is right.",
                    "x: it took longer than 2 s (feed.timeout): check the network, or raise it.",
                    "x: it is a zip file: give the address of the CSV.",
                    "x: it is br: check what answers there, and correct feed.nyt.url.",
                    "x: its body ended early: the next run tries again; if it lasts, check the feed's"
                        + " site."))
            .flatMap(sentence -> sentence)
            .toList();
    try (InputStream yaml = CausesTest.class.getResourceAsStream("/causes.yaml")) {
      var table =
          (Map<String, List<Map<String, Object>>>)
              new Load(LoadSettings.builder().build()).loadFromInputStream(yaml);
      assertThat(table.values().stream().flatMap(List::stream).map(CausesTest::pattern))
          .allSatisfy(cause -> assertThat(sentences).anyMatch(cause.asPredicate()));
    }
  }

  private static Pattern pattern(Map<String, Object> cause) {
    String cure = cause.containsKey("cure") ? ": " + cause.get("cure") : "";
    String sentence = cause.get("says") + cure;
    return Pattern.compile(Pattern.quote(sentence).replaceAll("\\{\\w+}", "\\\\E.*\\\\Q"));
  }
}
