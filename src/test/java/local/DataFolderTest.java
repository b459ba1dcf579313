package local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import local.LocalOptions.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DataFolderTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Source.class)
  void isFilledAgainFromTheSameSource(Source source) throws Exception {
    fill(source);

    try (DataFolder again = DataFolder.open(folder)) {
      assertThatNoException().isThrownBy(() -> again.require(source));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SYNTHETIC | FILES     | the synthetic samples       | files (-Dfeeds.dir)",
        "SYNTHETIC | LIVE      | the synthetic samples       | the real feeds (-Dfeeds=live)",
        "LIVE      | SYNTHETIC | the real feeds (-Dfeeds=live) | the synthetic samples",
        "FILES     | SYNTHETIC | files (-Dfeeds.dir)         | the synthetic samples",
      })
  void isNotFilledFromAnother(Source first, Source then, String was, String would)
      throws Exception {
    fill(first);

    try (DataFolder other = DataFolder.open(folder)) {
      assertThatExceptionOfType(CannotStartException.class)
          .isThrownBy(() -> other.require(then))
          .withMessage(
              "The figures in %s are from %s, and must not be mixed with those of %s: delete it, or"
                  + " choose another folder with -Dlocal.data=DIR.",
              folder, was, would);
    }
    assertThat(folder.resolve("source")).hasContent(first.toString());
  }

  @Test
  void isNotFilledWhereNobodyNotedFromWhichSourceItWas() throws Exception {
    Files.createDirectory(folder.resolve("s3"));

    try (DataFolder earlier = DataFolder.open(folder)) {
      assertThatExceptionOfType(CannotStartException.class)
          .isThrownBy(() -> earlier.require(Source.SYNTHETIC))
          .withMessage(
              "What is in %s was put there by an earlier version, which did not note whether its"
                  + " figures are synthetic: delete it, or choose another folder with"
                  + " -Dlocal.data=DIR.",
              folder);
    }
  }

  @Test
  void isNotServedIfItWasCopiedWithoutTheMetadataOfItsObjects() throws Exception {
    fill(Source.SYNTHETIC);
    Files.createDirectory(folder.resolve("s3/covid-data"));
    Files.createFile(folder.resolve("s3/covid-data/CovidData.csv"));

    try (DataFolder copy = DataFolder.open(folder)) {
      assertThatExceptionOfType(CannotStartException.class)
          .isThrownBy(() -> copy.require(Source.SYNTHETIC))
          .withMessage(
              "The objects in %s lack their metadata, as a copy of a folder that was made without"
                  + " extended attributes: copy it with cp -a, delete it, or choose another folder"
                  + " with -Dlocal.data=DIR.",
              folder);
    }
  }

  @Test
  void mayHaveAFileThatSomebodyPutBesideItsObjects() throws Exception {
    fill(Source.SYNTHETIC);
    try (BucketServer s3 = new BucketServer("covid-data", Optional.of(folder.resolve("s3")))) {
      s3.createBucket();
      put(s3, "CovidData.csv");
    }
    Files.createFile(folder.resolve("s3/covid-data/notes.txt"));

    try (DataFolder again = DataFolder.open(folder)) {
      assertThatNoException().isThrownBy(() -> again.require(Source.SYNTHETIC));
    }
  }

  private static void put(BucketServer s3, String key) throws Exception {
    HttpRequest put =
        HttpRequest.newBuilder(s3.uri().resolve("/covid-data/" + key))
            .PUT(HttpRequest.BodyPublishers.ofString("Date\n"))
            .build();
    assertThat(
            HttpClient.newHttpClient()
                .send(put, HttpResponse.BodyHandlers.discarding())
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void saysWhyItCannotBeUsed() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatExceptionOfType(CannotStartException.class)
        .isThrownBy(() -> DataFolder.open(file))
        .withMessage(
            "The folder %s for the data cannot be used (%s): choose another folder with"
                + " -Dlocal.data=DIR.",
            file, file);
  }

  private void fill(Source source) throws Exception {
    try (DataFolder data = DataFolder.open(folder)) {
      data.require(source);
      data.note(source);
      Files.createDirectories(folder.resolve("s3"));
    }
  }
}
