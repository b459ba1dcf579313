package webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.standardwebhooks.Webhook;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures as the Standard Webhooks specification has them. */
class SecretTest {
  /** The secret of the examples of the specification. */
  private static final String TEXT = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  @Test
  void signsTheExampleOfTheSpecification() {
    assertThat(
            Secret.parse(TEXT)
                .sign(
                    "msg_p5jXN8AQM9LWM0D4loKWxJek",
                    1614265330,
                    "{\"test\": 2432232314}".getBytes(UTF_8)))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Property(tries = 100)
  void signsLikeTheLibraryOfTheSpecification(
      @ForAll @Size(min = 24, max = 64) byte[] key,
      @ForAll @LongRange(min = 0, max = 9_999_999_999L) long timestamp,
      @ForAll String body)
      throws Exception {
    String text = "whsec_" + Base64.getEncoder().encodeToString(key);

    assertThat(
            Secret.parse(text).sign("2026-11-29T03-11-51Z-af61", timestamp, body.getBytes(UTF_8)))
        .isEqualTo(new Webhook(text).sign("2026-11-29T03-11-51Z-af61", timestamp, body));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec_",
        "whsec_c2hvcnQ=",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa=Sw",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwA",
      })
  void isNoneThatCouldBeGuessed(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Secret.parse(text))
        .withMessage("not whsec_ and 24 to 64 bytes in Base64");
  }

  @Test
  void isNotShown() {
    assertThat(Secret.parse(TEXT)).hasToString("whsec_***");
  }
}
