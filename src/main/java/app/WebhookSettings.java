package app;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import webhooks.Form;
import webhooks.Secret;
import webhooks.Webhook;
import webhooks.Webhooks;

/**
 * Reads the settings of the webhooks. Problems name an address or a secret by its number, since
 * each is all that it takes to write in this program's name.
 */
final class WebhookSettings {
  private static final String ADDRESSES = "announce.webhook";
  private static final String SECRETS = "announce.webhook.secret";
  private static final String ALLOW_HTTP = "announce.webhook.allow-http";
  private static final Pattern IN_FRONT = Pattern.compile("(?i)([a-z]+)\\+https?://.*");
  private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");

  private WebhookSettings() {}

  /** The webhooks; wrong ones are noted. */
  static Webhooks read(SettingTexts texts) {
    boolean allowHttp = texts.flag(ALLOW_HTTP);
    return new Webhooks(
        texts.optional(ADDRESSES, (same, text) -> webhooks(text, allowHttp)).orElse(List.of()),
        texts.optional(SECRETS, (same, text) -> secrets(text)).orElse(List.of()),
        texts.duration("announce.webhook.timeout"));
  }

  private static List<Webhook> webhooks(String text, boolean allowHttp) {
    List<Webhook> webhooks = new ArrayList<>();
    for (String word : words(text)) {
      Webhook next = webhook(webhooks.size() + 1, word, allowHttp);
      webhooks.forEach(earlier -> requireOther(earlier, next));
      webhooks.add(next);
    }
    return webhooks;
  }

  /** A receiver that is given twice would get each message twice. */
  private static void requireOther(Webhook earlier, Webhook next) {
    if (next.url().equals(earlier.url())) {
      throw new SettingException(
          "address %d of %s is address %d again: remove one of them"
              .formatted(next.number(), ADDRESSES, earlier.number()));
    }
  }

  private static Webhook webhook(int number, String word, boolean allowHttp) {
    String name = "address %d of %s".formatted(number, ADDRESSES);
    Form form =
        Stream.of(Form.SLACK, Form.TEAMS)
            .filter(one -> word.toLowerCase(Locale.ROOT).startsWith(one + "+"))
            .findFirst()
            .orElse(Form.REPORT);
    Matcher inFront = IN_FRONT.matcher(word);
    if (form == Form.REPORT && inFront.matches()) {
      throw unknownForm(name, inFront.group(1));
    }
    URI url =
        SettingAddresses.url(
            name, form == Form.REPORT ? word : word.substring(form.toString().length() + 1));
    if (url.getScheme().equals("http") && !allowHttp && !THIS_MACHINE.contains(url.getHost())) {
      throw new SettingException(
          "%s is http, so others on the way could read it: give an https address, or set %s to true"
              .formatted(name, ALLOW_HTTP));
    }
    return new Webhook(number, form, url);
  }

  /** Only a form that is nearly one of these is repeated, as that one. */
  private static SettingException unknownForm(String name, String word) {
    return new SettingException(
        "%s has something in front that is not slack+ or teams+%s"
            .formatted(
                name,
                SettingNames.nearest(
                        word.toLowerCase(Locale.ROOT),
                        List.of(Form.SLACK.toString(), Form.TEAMS.toString()))
                    .map("; did you mean %s+?"::formatted)
                    .orElse("")));
  }

  private static List<Secret> secrets(String text) {
    List<Secret> secrets = new ArrayList<>();
    for (String word : words(text)) {
      try {
        secrets.add(Secret.parse(word));
      } catch (IllegalArgumentException e) {
        throw new SettingException(
            "secret %d of %s is %s; make one with: echo whsec_$(openssl rand -base64 32)"
                .formatted(secrets.size() + 1, SECRETS, e.getMessage()));
      }
    }
    return secrets;
  }

  private static List<String> words(String text) {
    return List.of(text.strip().split("\\s+"));
  }
}
