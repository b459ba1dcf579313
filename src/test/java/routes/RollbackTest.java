package routes;

import static local.Faults.DENIED;
import static local.Faults.always;
import static local.Faults.first;
import static local.Faults.toConditionalPut;
import static local.Faults.toS3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.TestApplication;
import covid.RunFailedException;
import covid.RunReport;
import covid.RunStatus;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import local.Fault;
import local.LocalCloud;
import org.apache.camel.CamelExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.model.S3Exception;
import versions.Changes;
import versions.Origin;
import versions.Version;
import versions.Withheld;

/** An operator goes back to an earlier version, and what was withdrawn does not come again. */
class RollbackTest extends VersionsTestBase {
  private static final String WRONG =
      TestApplication.NYT.replace("2020-01-24,5,1", "2020-01-24,6,1");

  RollbackTest(LocalCloud cloud) {
    super(cloud);
  }

  @Test
  void publishesTheContentOfTheEarlierVersionAsANewOneThatSaysWhoAndWhy() throws Exception {
    String right = run().archive().version();
    String wrong = publishWrong();

    Version made = rollBack(right);

    assertThat(cloud.object(KEY)).contains(SET);
    assertThat(made.origin()).isEqualTo(Origin.ROLLBACK);
    assertThat(made.parent()).isEqualTo(wrong);
    assertThat(made.changes()).isEqualTo(new Changes(0, 1, 0));
    assertThat(made.rollback()).isEqualTo(new Version.Rollback(right, "Ada", "a typing error"));
    assertThat(made.sha256()).isEqualTo(manifest(right).sha256());
    assertThat(manifest(made.id())).isEqualTo(made);
    assertThat(pointer().version()).isEqualTo(made.id());
    assertThat(pointer().recent()).hasSize(3);
    assertThat(head(KEY).metadata())
        .containsEntry("rows", "3")
        .containsEntry("sha256", made.sha256());
  }

  @Test
  void theSameFeedsAreRefusedUntilTheyAreReleased() throws Exception {
    String right = run().archive().version();
    String wrong = publishWrong();
    rollBack(right);

    RunReport refused = run();
    assertThat(refused.status()).isEqualTo(RunStatus.REFUSED);
    assertThat(refused.reason()).contains(wrong).contains("release " + wrong);
    assertThat(cloud.object(KEY)).contains(SET);

    assertThat(release(wrong)).isEqualTo(wrong);
    assertThat(cloud.object(KEY)).contains(SET);
    RunReport released = run();
    assertThat(released.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(cloud.object(KEY).orElseThrow()).contains("2020-01-24,6");
    assertThat(pointer().withheld()).isEmpty();
  }

  @Test
  void whatIsReleasedIsPublishedAlthoughTheFeedsSayThatNothingHasChanged() throws Exception {
    String right = run().archive().version();
    feeds.answer(feeds.nyt().getPath(), WRONG, "\"wrong\"", "");
    feeds.answer(feeds.jhu().getPath(), TestApplication.JHU, "\"same\"", "");
    String wrong = run().archive().version();
    rollBack(right);
    release(wrong);

    assertThat(run().status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(cloud.object(KEY).orElseThrow()).contains("2020-01-24,6");
  }

  @Test
  void aRollbackOfARollbackLetsTheVersionBePublishedAgain() throws Exception {
    String right = run().archive().version();
    String wrong = publishWrong();
    rollBack(right);
    rollBack(wrong);

    assertThat(run().status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(cloud.object(KEY).orElseThrow()).contains("2020-01-24,6");
    assertThat(pointer().withheld()).extracting(Withheld::version).hasSize(1);
  }

  @Test
  void aPreviewIsRefusedAsTheRunWouldBe() throws Exception {
    String right = run().archive().version();
    publishWrong();
    rollBack(right);

    assertThat(application().preview().report().status()).isEqualTo(RunStatus.REFUSED);
  }

  @Test
  void theSiteIsPublishedWithTheEarlierContent() throws Exception {
    application("site.publish", "true");
    String right = run().archive().version();
    publishWrong();
    String wrong = cloud.object("site/CovidData.csv").orElseThrow();
    rollBack(right);

    assertThat(wrong).contains("2020-01-24,6");
    assertThat(cloud.object("site/CovidData.csv")).contains(SET);
  }

  @Test
  void refusedFeedsAddNoDayToTheTable() throws Exception {
    String right = run().archive().version();
    TestApplication.nyt(feeds, TestApplication.NYT + "2020-01-25,7,2\n");
    TestApplication.jhu(feeds, TestApplication.JHU + "2020-01-25,US,,9,3,9\n");
    run();
    rollBack(right);
    cloud
        .dynamoDbClient()
        .deleteItem(
            delete ->
                delete
                    .tableName(cloud.table())
                    .key(Map.of("Date", AttributeValue.fromS("2020-01-25"))));
    run();
    assertThat(cloud.items()).hasSize(3);
  }

  @Test
  void feedsThatHaveChangedArePublished() throws Exception {
    String right = run().archive().version();
    publishWrong();
    rollBack(right);
    TestApplication.nyt(feeds, TestApplication.NYT.replace("2020-01-24,5", "2020-01-24,8"));

    assertThat(run().status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(cloud.object(KEY).orElseThrow()).contains("2020-01-24,8");
    assertThat(pointer().withheld()).hasSize(1);
  }

  @Test
  void otherFeedsWithTheSetThatWasWithdrawnAreRefused() throws Exception {
    String right = run().archive().version();
    String wrong = publishWrong();
    rollBack(right);
    TestApplication.nyt(feeds, WRONG + "2020-01-30,x,y\n");
    application("gate.max-bad-rows", "50%");

    RunReport refused = run();
    assertThat(refused.status()).isEqualTo(RunStatus.REFUSED);
    assertThat(refused.reason()).contains("The set would be that of version " + wrong);
  }

  @Test
  void aRollbackToWhatIsPublishedIsRefused() throws Exception {
    String only = run().archive().version();
    assertThatThrownBy(() -> rollBack(only))
        .hasMessageContaining("has the content of %s already".formatted(only));
  }

  @Test
  void aVersionThatIsNotThereIsNamed() throws Exception {
    run();
    assertThatThrownBy(() -> rollBack("2020-01-01T00-00-00Z-01234567"))
        .hasMessage(
            "There is no version 2020-01-01T00-00-00Z-01234567: GET /versions lists those"
                + " that there are.");
  }

  @Test
  void withoutAPublishedSetThereIsNothingToGoBackTo() {
    assertThatThrownBy(() -> rollBack("2020-01-01T00-00-00Z-01234567"))
        .isInstanceOf(RunFailedException.class)
        .hasMessage("Nothing is published yet.");
  }

  @Test
  void aSetOfVersion01HasNoVersionToGoBackFrom() {
    putSet();
    assertThatThrownBy(() -> rollBack("2020-01-01T00-00-00Z-01234567"))
        .hasMessageContaining("the next run gives it one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct:rollback", "direct:release"})
  void whatIsNoSetIsNamedAsARunNamesIt(String command) throws Exception {
    put(KEY, "not,a,set");
    Object body =
        command.equals("direct:release")
            ? ""
            : new Version.Rollback("2020-01-01T00-00-00Z-01234567", "Ada", "a typing error");

    assertThatThrownBy(() -> send(command, body, Object.class))
        .isInstanceOf(RunFailedException.class)
        .hasMessage(run().reason())
        .hasMessageStartingWith(
            "The object CovidData.csv in the bucket covid-data is not a set of this program (it"
                + " begins with \"not,a,set\"): restore it from a copy");
    assertThat(cloud.object(KEY)).contains("not,a,set");
  }

  @Test
  void aLostSeriesIsNamedAndNothingIsPublished() throws Exception {
    String right = run().archive().version();
    publishWrong();
    String key = "series/" + manifest(right).sha256() + ".csv.gz";
    cloud.s3Client().deleteObject(delete -> delete.bucket(cloud.bucket()).key(key));

    assertThatThrownBy(() -> rollBack(right)).hasMessageContaining(key + " of US is gone");
    assertThat(cloud.object(KEY).orElseThrow()).contains("2020-01-24,6");
  }

  @Test
  void aDamagedSeriesIsNamedAndNothingIsPublished() throws Exception {
    Version right = manifest(run().archive().version());
    Version wrong = manifest(publishWrong());
    copy("series/" + wrong.sha256() + ".csv.gz", "series/" + right.sha256() + ".csv.gz");

    assertThatThrownBy(() -> rollBack(right.id())).hasMessageContaining("is damaged");
    assertThat(cloud.object(KEY).orElseThrow()).contains("2020-01-24,6");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "xx", "[]", ""})
  void aDamagedManifestIsNamedAndNothingIsPublished(String text) throws Exception {
    String right = run().archive().version();
    String wrong = publishWrong();
    for (String id : List.of(right, wrong)) {
      String key = "versions/" + id + ".json";
      String manifest = cloud.object(key).orElseThrow();
      put(key, text);

      assertThatThrownBy(() -> rollBack(right))
          .isInstanceOf(RunFailedException.class)
          .hasMessage(
              "The object %s in the bucket covid-data is not the manifest of a version: restore it"
                  + " from a copy.",
              key);
      put(key, manifest);
    }
    assertThat(cloud.object(KEY).orElseThrow()).contains("2020-01-24,6");
    assertThat(cloud.keys("versions/")).hasSize(2);
  }

  @Test
  void aManifestOfAnotherVersionIsNamedAndNothingIsPublished() throws Exception {
    String right = run().archive().version();
    String wrong = publishWrong();
    String key = "versions/" + right + ".json";

    for (String text : List.of("null", cloud.object("versions/" + wrong + ".json").orElseThrow())) {
      put(key, text);

      assertThatThrownBy(() -> rollBack(right))
          .hasMessage(
              "The object %s in the bucket covid-data is not the manifest of this version: restore"
                  + " it from a copy.",
              key);
    }
    assertThat(cloud.object(KEY).orElseThrow()).contains("2020-01-24,6");
  }

  @Test
  void whatAnotherProcessPublishesMeanwhileIsNotWithdrawn() throws Exception {
    String right = run().archive().version();
    publishWrong();
    AtomicBoolean done = new AtomicBoolean();
    cloud.intercept(
        call -> {
          if (toConditionalPut(KEY).test(call) && done.compareAndSet(false, true)) {
            putSet();
          }
          return Fault.none();
        });

    assertThatThrownBy(() -> rollBack(right)).hasMessageContaining("try again");
    assertThat(cloud.object(KEY)).contains(OTHER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"versions/", "series/", KEY})
  void aLostAnswerDoesNoHarm(String key) throws Exception {
    String right = run().archive().version();
    publishWrong();
    cloud.intercept(first(1, toS3("PUT", key), Fault.dropAfter()));
    try {
      rollBack(right);
    } catch (RunFailedException e) {
      assertThat(e).hasMessageContaining("already");
    }
    assertThat(cloud.object(KEY)).contains(SET);
    assertThat(pointer().withheld()).hasSize(1);
  }

  @Test
  void withoutTheRightToPutAVersionNothingIsPublished() throws Exception {
    String right = run().archive().version();
    publishWrong();
    cloud.intercept(always(toConditionalPut("versions/"), DENIED));

    assertThatThrownBy(() -> rollBack(right)).isInstanceOf(S3Exception.class);
    assertThat(cloud.object(KEY).orElseThrow()).contains("2020-01-24,6");
  }

  @Test
  void aReleaseOfWhatIsNotWithheldSaysWhatIs() throws Exception {
    String right = run().archive().version();
    assertThatThrownBy(() -> release("")).hasMessage("Nothing is withheld.");
    String wrong = publishWrong();
    rollBack(right);
    assertThatThrownBy(() -> release(right))
        .hasMessage("Version %s is not withheld; these are: %s.".formatted(right, wrong));
    assertThat(release("")).isEqualTo(wrong);
  }

  // --- Helpers

  private static final String OTHER = SET.replace("2020-01-22,1", "2020-01-22,9");

  private String publishWrong() throws Exception {
    TestApplication.nyt(feeds, WRONG);
    return run().archive().version();
  }

  private Version rollBack(String version) throws Exception {
    return send(
        "direct:rollback", new Version.Rollback(version, "Ada", "a typing error"), Version.class);
  }

  private String release(String version) throws Exception {
    return send("direct:release", version, String.class);
  }

  private <T> T send(String endpoint, Object body, Class<T> type) throws Exception {
    try {
      return application().context().createProducerTemplate().requestBody(endpoint, body, type);
    } catch (CamelExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  /** Puts a set without a version. */
  private void putSet() {
    put(KEY, OTHER);
  }

  private void put(String key, String text) {
    cloud
        .s3Client()
        .putObject(put -> put.bucket(cloud.bucket()).key(key), RequestBody.fromString(text));
  }

  private void copy(String from, String to) {
    cloud
        .s3Client()
        .copyObject(
            copy ->
                copy.sourceBucket(cloud.bucket())
                    .sourceKey(from)
                    .destinationBucket(cloud.bucket())
                    .destinationKey(to));
  }
}
