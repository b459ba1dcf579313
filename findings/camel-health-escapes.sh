#!/usr/bin/env bash
# Camel 4.17.0: the management server escapes the message of a health check twice
#
# Source: Maven Central, org.apache.camel:camel-main, camel-health and camel-platform-http-main 4.17.0;
# com.fasterxml.jackson.core:jackson-databind 2.19.4 reads the answer.
# Guess: a JSON parser reads from the health endpoint what the check has said.
# Behaviour: reportHealthCheck in components/camel-platform-http-main/src/main/java/org/apache/camel/component/
# platform/http/main/ManagementHttpServer.java gives message, error-message and error-stacktrace to
# Jsoner.escape before it puts them into a JsonObject, whose toJson escapes again. Quotes and slashes arrive with
# a backslash before them. The details of a check (?data=true) arrive as they are. 4.18.0 has the same calls.
#
# Seen on 2026-11-30, JDK 17: the lines below.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
. "$(dirname "$0")/java.inc"
jars org.apache.camel:camel-main:4.17.0 org.apache.camel:camel-health:4.17.0 \
  org.apache.camel:camel-platform-http-main:4.17.0 com.fasterxml.jackson.core:jackson-databind:2.19.4 \
  org.slf4j:slf4j-nop:2.0.17

cat >"$dir/Finding.java" <<'EOF'
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.apache.camel.main.Main;

public class Finding {
  private static final String GIVEN = "cannot reach \"a/b\"";

  private static class Down extends AbstractHealthCheck {
    Down() {
      super("finding", "down");
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
      builder.message(GIVEN).error(new IllegalStateException(GIVEN)).detail("said", GIVEN).down();
    }
  }

  public static void main(String[] args) throws Exception {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = free.getLocalPort();
    }
    var main = new Main();
    main.addInitialProperty("camel.management.enabled", "true");
    main.addInitialProperty("camel.management.host", "127.0.0.1");
    main.addInitialProperty("camel.management.port", "" + port);
    main.addInitialProperty("camel.management.health-check-enabled", "true");
    main.start();
    HealthCheckRegistry.get(main.getCamelContext()).register(new Down());
    var uri = URI.create("http://127.0.0.1:" + port + "/observe/health?exposureLevel=full&data=true");
    var answer =
        HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    System.out.println("status:             " + answer.statusCode());
    System.out.println("given:              " + GIVEN);
    for (var check : new ObjectMapper().readTree(answer.body()).get("checks")) {
      if (check.get("name").asText().equals("down")) {
        System.out.println("read message:       " + check.get("message").asText());
        System.out.println("read error-message: " + check.get("error-message").asText());
        System.out.println("read data.said:     " + check.at("/data/said").asText());
      }
    }
    main.stop();
  }
}
EOF

run <<'EOF'
status:             503
given:              cannot reach "a/b"
read message:       cannot reach \"a\/b\"
read error-message: cannot reach \"a\/b\"
read data.said:     cannot reach "a/b"
EOF
