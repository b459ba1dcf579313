package app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Pattern;

/** Checks names of AWS resources, which AWS itself would refuse only in mid-run. */
final class AwsNames {
  private static final Pattern BUCKET =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,254}|arn:[A-Za-z0-9:/._-]{1,250}");
  private static final Pattern TABLE =
      Pattern.compile("[A-Za-z0-9._-]{3,255}|arn:[A-Za-z0-9:/._-]{1,1000}");
  private static final Pattern TOPIC =
      Pattern.compile("arn:[a-z-]+:sns:[a-z0-9-]+:\\d{12}:[A-Za-z0-9_-]{1,256}(\\.fifo)?");

  /** Parts between slashes, none of which is empty, . or .. */
  private static final Pattern KEY =
      Pattern.compile("(?!\\.{1,2}(/|$))[^/]+(/(?!\\.{1,2}(/|$))[^/]+)*+");

  private static final int MOST_BYTES_OF_A_KEY = 1_024;

  private AwsNames() {}

  static String bucket(String name, String text) {
    return SettingKinds.matching(name, text, BUCKET, "the name of an S3 bucket").group();
  }

  static String table(String name, String text) {
    return SettingKinds.matching(name, text, TABLE, "the name of a DynamoDB table").group();
  }

  static String topic(String name, String text) {
    String kind = "the ARN of an SNS topic, or empty";
    return SettingKinds.matching(name, text, TOPIC, kind).group();
  }

  /** What comes before every key of a dataset: a key with a slash at its end, or nothing. */
  static String prefix(String name, String text) {
    if (!text.endsWith("/")) {
      throw SettingKinds.wrong(name, text, "a folder of the bucket, with a slash at its end");
    }
    return key(name, text.substring(0, text.length() - 1)) + "/";
  }

  /** Refuses ${}, which Camel would evaluate. */
  static String key(String name, String text) {
    if (text.getBytes(UTF_8).length > MOST_BYTES_OF_A_KEY
        || !KEY.matcher(text).matches()
        || text.contains("${")
        || text.contains("$simple{")) {
      throw SettingKinds.wrong(
          name,
          text,
          "the key of an object (at most 1,024 bytes, no slash at its begin or end or next to"
              + " another, no part . or .., no ${)");
    }
    return text;
  }
}
