#!/usr/bin/env bash
# Apache HttpClient 5.6 on JDK 17: of a gzip body in two members only the first may come, without an error
#
# Source: Maven Central, org.apache.httpcomponents.client5:httpclient5 5.6, with JDK 17.
# Guess: a body of two gzip members, which RFC 1952 allows, is unpacked to its end, or there is an error.
# Behaviour: after a member, JDK 17's GZIPInputStream goes on only if available() of what is under it is not 0.
# The stream that HttpClient gives it answers 0 while the next chunk is still on its way, and the body ends
# there, as if complete. Where both members come at once, it is read whole. JDK 25 reads both in any case.
#
# Seen on 2026-11-29 with JDK 17.0.15: "days until March" for the one, both lines for the other.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
. "$(dirname "$0")/java.inc"
[ "$(java -XshowSettings:properties -version 2>&1 | sed -n 's/.*java.specification.version = //p')" = 17 ] ||
  { echo "This finding is about JDK 17."; exit 1; }
jars org.apache.httpcomponents.client5:httpclient5:5.6 org.slf4j:slf4j-nop:2.0.17

cat >"$dir/Finding.java" <<'EOF'
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.zip.GZIPOutputStream;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;

public class Finding {
  static byte[] gzip(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes());
    }
    return bytes.toByteArray();
  }

  static String read(int pause) throws Exception {
    var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext("/", exchange -> {
      exchange.getResponseHeaders().add("Content-Encoding", "gzip");
      exchange.sendResponseHeaders(200, 0);
      var both = new ByteArrayOutputStream();
      var out = exchange.getResponseBody();
      both.write(gzip("days until March\n"));
      if (pause > 0) {
        out.write(both.toByteArray());
        out.flush();
        both.reset();
        try {
          Thread.sleep(pause);
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
      both.write(gzip("days since April\n"));
      out.write(both.toByteArray());
      exchange.close();
    });
    server.start();
    try (var client = HttpClients.createDefault()) {
      var get = new HttpGet("http://127.0.0.1:" + server.getAddress().getPort());
      return client.execute(get, answer -> EntityUtils.toString(answer.getEntity()));
    } finally {
      server.stop(0);
    }
  }

  public static void main(String[] args) throws Exception {
    System.out.print("both at once:\n" + read(0) + "a second between them:\n" + read(1000));
  }
}
EOF

run <<'EOF'
both at once:
days until March
days since April
a second between them:
days until March
EOF
