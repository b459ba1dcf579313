package routes;

import aws.BucketKeys;
import covid.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The end of the work of runs.
 *
 * @param objects of the bucket
 */
record WorkSweep(WorkObjects objects) {
  /** How long the chunks and results of a run are kept after its start. */
  private static final Duration KEPT = Duration.ofDays(1);

  /** How long those of a run without a report are kept; no process ends it any more. */
  private static final Duration KEPT_UNREPORTED = Duration.ofDays(7);

  /**
   * Removes what ended runs have left that began more than a day ago; if they could put no report,
   * more than a week.
   *
   * @param open the run that is open
   */
  void removeOldWork(Instant now, Optional<String> open) {
    objects
        .s3()
        .listObjectsV2Paginator(
            list ->
                list.bucket(objects.bucket()).prefix(objects.key(BucketKeys.WORK)).delimiter("/"))
        .commonPrefixes()
        .stream()
        .map(folder -> folder.prefix().substring(objects.key(BucketKeys.WORK).length()))
        .map(name -> name.substring(0, name.length() - 1))
        .filter(RunId::isId)
        .filter(run -> RunId.second(run).isBefore(now.minus(KEPT)))
        .filter(run -> !open.equals(Optional.of(run)))
        .filter(
            run ->
                RunId.second(run).isBefore(now.minus(KEPT_UNREPORTED))
                    || objects.isThere(BucketKeys.report(run)))
        .forEach(this::removeWork);
  }

  private void removeWork(String run) {
    objects
        .s3()
        .listObjectsV2Paginator(
            list -> list.bucket(objects.bucket()).prefix(objects.key(BucketKeys.work(run))))
        .stream()
        .map(page -> page.contents().stream().map(WorkSweep::identifier).toList())
        .filter(some -> !some.isEmpty())
        .forEach(this::remove);
  }

  private void remove(List<ObjectIdentifier> some) {
    objects
        .s3()
        .deleteObjects(
            delete -> delete.bucket(objects.bucket()).delete(these -> these.objects(some)));
  }

  private static ObjectIdentifier identifier(S3Object object) {
    return ObjectIdentifier.builder().key(object.key()).build();
  }
}
