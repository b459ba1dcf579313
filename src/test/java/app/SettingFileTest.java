package app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingFileTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("who.properties");
  }

  @Test
  void isReadAsUtf8() throws IOException {
    write("feed.nyt.place = C\u00F4te\n# C:\\users", UTF_8);

    assertThat(SettingFile.read(file)).isEqualTo(Map.of("feed.nyt.place", "C\u00F4te"));
  }

  @Test
  void namesTheByteAndTheLineThatAreNotUtf8() throws IOException {
    write("a = 1\nb = C\u00E9\n", ISO_8859_1);

    assertRefused(" is not text in UTF-8: byte 12, in line 2, is 0xE9. Save it as UTF-8");
  }

  @Test
  void namesAByteThatNoTextHas() throws IOException {
    write("\u007FELF\u0002\u0000\u00E9", ISO_8859_1);

    assertRefused(" is not text: byte 6 is 0. A file of settings is text in UTF-8");
  }

  @Test
  void hasNoByteOrderMark() throws IOException {
    write("\uFEFFa = 1\n", UTF_8);

    assertRefused(" begins with a byte order mark: save it as UTF-8 without one");
  }

  @Test
  void namesTheLineOfAnEscapeThatIsNone() throws IOException {
    write("# C:\\users\na = C:\\\\users\nb = C:\\users\n", UTF_8);

    assertRefused(
        " has \\u in line 3 without four hexadecimal digits behind it: write \\\\u if a backslash is"
            + " meant");
  }

  @Test
  void isNoFolder() throws IOException {
    Files.createDirectory(file);

    assertRefused(" cannot be read: Is a directory");
  }

  private void write(String text, Charset encoding) throws IOException {
    Files.writeString(file, text, encoding);
  }

  private void assertRefused(String sentence) {
    assertThatExceptionOfType(SettingException.class)
        .isThrownBy(() -> SettingFile.read(file))
        .withMessage(file + sentence);
  }
}
