package routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import app.TestApplication;
import covid.LastPull;
import covid.RunReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPInputStream;
import local.LocalCloud;
import org.apache.commons.codec.digest.DigestUtils;

/** Runs on feeds whose server knows by validators what has changed. */
abstract class RawTestBase extends IngestTestBase {
  static final String LATER_NYT = TestApplication.NYT + "2020-01-25,7,2\n";
  static final String LATER_JHU = TestApplication.JHU + "2020-01-25,US,,9,3,9\n";

  RawTestBase(LocalCloud cloud) {
    super(cloud);
  }

  void serveNyt(String csv) {
    feeds.answer("/us.csv", csv, etag(csv), "");
  }

  void serveJhu(String csv) {
    feeds.answer(feeds.jhu().getPath(), csv, etag(csv), "");
  }

  void serveBoth() {
    serveNyt(TestApplication.NYT);
    serveJhu(TestApplication.JHU);
  }

  static String etag(String csv) {
    return '"' + sha256(csv).substring(0, 8) + '"';
  }

  static String sha256(String csv) {
    return DigestUtils.sha256Hex(csv);
  }

  static String raw(String csv) {
    return "raw/" + sha256(csv) + ".gz";
  }

  String nytCondition() {
    return feeds.condition("/us.csv");
  }

  String jhuCondition() {
    return feeds.condition(feeds.jhu().getPath());
  }

  /** The unpacked body that is kept under a key. */
  String kept(String key) throws IOException {
    byte[] packed =
        cloud.s3Client().getObjectAsBytes(get -> get.bucket(cloud.bucket()).key(key)).asByteArray();
    try (GZIPInputStream body = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return new String(body.readAllBytes(), UTF_8);
    }
  }

  /** What the published set says of the last pulls. */
  List<LastPull> pulls() {
    return SetMetadata.pulls(
        cloud
            .s3Client()
            .headObject(head -> head.bucket(cloud.bucket()).key("CovidData.csv"))
            .metadata());
  }

  static RunReport.Feed nyt(RunReport report) {
    return report.feeds().get(1);
  }

  static RunReport.Feed jhu(RunReport report) {
    return report.feeds().get(0);
  }
}
