package feeds;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;

class SideDigestTest {
  @Property(tries = 300)
  void isTheDigestOfAllPiecesThoughTheirBytesChangeAfterwards(
      @ForAll @Size(max = 20) List<byte[]> pieces) {
    SideDigest digest = new SideDigest();
    ByteArrayOutputStream whole = new ByteArrayOutputStream();

    for (byte[] piece : pieces) {
      whole.writeBytes(piece);
      digest.update(piece);
      Arrays.fill(piece, (byte) 0);
    }

    assertThat(digest.digest()).isEqualTo(DigestUtils.sha256(whole.toByteArray()));
  }

  @Test
  void beginsAnewAfterADigestAndAReset() {
    SideDigest digest = new SideDigest();

    digest.update("some".getBytes(UTF_8));
    digest.digest();
    digest.update("other".getBytes(UTF_8));
    digest.reset();
    digest.update((byte) 'a');

    assertThat(digest.digest()).isEqualTo(DigestUtils.sha256("a"));
  }
}
