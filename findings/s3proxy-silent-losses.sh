#!/usr/bin/env bash
# S3Proxy 4.1.0: a conditional copy overwrites, and an object whose key ends in a slash loses its bytes
#
# Source: Maven Central, org.gaul:s3proxy 4.1.0 with software.amazon.awssdk:s3 2.42.28, objects in memory.
# Guess: what refuses a put with If-None-Match: * refuses a copy with it too; a put that is answered with
# 200 can be read back.
# Behaviour: If-None-Match and If-Match of CopyObject, which the SDK offers, are ignored for the target, though
# those for the source are heeded, and the copy replaces the object. A put to a key that ends in a slash is
# accepted with the ETag of nothing, and nothing is stored.
#
# Seen on 2026-11-29, JDK 17: the lines below.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
. "$(dirname "$0")/java.inc"
jars org.gaul:s3proxy:4.1.0 software.amazon.awssdk:s3:2.42.28 software.amazon.awssdk:url-connection-client:2.42.28 \
  jakarta.servlet:jakarta.servlet-api:6.0.0 com.fasterxml.jackson.core:jackson-annotations:2.22 \
  org.slf4j:slf4j-nop:2.0.17 '-ch.qos.logback:*' '-com.azure:*' '-com.github.openstack4j.core:*' \
  '-com.github.openstack4j.core.connectors:*' '-com.google.cloud:*' '-args4j:*' '-io.grpc:*' '-org.apache.sshd:*' \
  '-org.eclipse.jetty.ee10:*' '-software.amazon.awssdk:netty-nio-client' '-software.amazon.awssdk:apache-client'

cat >"$dir/Finding.java" <<'EOF'
import java.net.URI;
import java.util.Properties;
import java.util.function.Supplier;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

public class Finding {
  static void say(String what, Supplier<?> request) {
    try {
      System.out.println(what + ": " + request.get());
    } catch (S3Exception e) {
      System.out.println(what + ": " + e.statusCode());
    }
  }

  public static void main(String[] args) throws Exception {
    var server =
        S3Proxy.builder()
            .blobStore(BlobStores.create("transient-nio2", new Properties()))
            .awsAuthentication(AuthenticationType.NONE, null, null)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .build();
    server.start();
    var s3 =
        S3Client.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + server.getPort()))
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .build();
    s3.createBucket(b -> b.bucket("bucket"));
    s3.putObject(b -> b.bucket("bucket").key("new"), RequestBody.fromString("new"));
    s3.putObject(b -> b.bucket("bucket").key("kept"), RequestBody.fromString("old"));

    say("put with If-None-Match: *", () ->
        s3.putObject(b -> b.bucket("bucket").key("kept").ifNoneMatch("*"), RequestBody.fromString("x"))
            .sdkHttpResponse().statusCode());
    say("copy with a wrong ETag for the source", () ->
        s3.copyObject(b -> b.sourceBucket("bucket").sourceKey("new").destinationBucket("bucket")
            .destinationKey("kept").copySourceIfMatch("\"0\"")).sdkHttpResponse().statusCode());
    say("copy with If-None-Match: *", () ->
        s3.copyObject(b -> b.sourceBucket("bucket").sourceKey("new").destinationBucket("bucket")
            .destinationKey("kept").ifNoneMatch("*")).sdkHttpResponse().statusCode());
    say("copy with If-Match of another object", () ->
        s3.copyObject(b -> b.sourceBucket("bucket").sourceKey("new").destinationBucket("bucket")
            .destinationKey("kept").ifMatch("\"0\"")).sdkHttpResponse().statusCode());
    say("what is there now", () ->
        s3.getObjectAsBytes(b -> b.bucket("bucket").key("kept")).asUtf8String());

    say("put series/ of 5 bytes", () ->
        s3.putObject(b -> b.bucket("bucket").key("series/"), RequestBody.fromString("1,2,3"))
            .sdkHttpResponse().statusCode());
    say("bytes read back", () ->
        s3.getObjectAsBytes(b -> b.bucket("bucket").key("series/")).asByteArray().length);
    server.stop();
    System.exit(0);
  }
}
EOF

run <<'EOF'
put with If-None-Match: *: 412
copy with a wrong ETag for the source: 412
copy with If-None-Match: *: 200
copy with If-Match of another object: 200
what is there now: new
put series/ of 5 bytes: 200
bytes read back: 0
EOF
