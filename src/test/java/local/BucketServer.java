package local;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;

/** S3Proxy with one bucket in it. It takes any signature. */
final class BucketServer implements AutoCloseable {
  private final String bucket;
  private final BlobStore blobs;
  private final S3Proxy s3;

  /**
   * Starts S3Proxy.
   *
   * @param folder where to keep the objects; in memory if empty
   */
  BucketServer(String bucket, Optional<Path> folder) {
    this.bucket = bucket;
    blobs = folder.map(BucketServer::inFolder).orElseGet(BucketServer::inMemory);
    s3 =
        S3Proxy.builder()
            .blobStore(blobs)
            .awsAuthentication(AuthenticationType.NONE, null, null)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .build();
    try {
      s3.start();
    } catch (Exception e) {
      throw new IllegalStateException("Local S3 does not start.", e);
    }
  }

  private static BlobStore inMemory() {
    return BlobStores.create("transient-nio2", new Properties());
  }

  private static BlobStore inFolder(Path folder) {
    var properties = new Properties();
    // S3Proxy lists nothing below a relative folder.
    properties.setProperty("jclouds.filesystem.basedir", folder.toAbsolutePath().toString());
    return BlobStores.create("filesystem-nio2", properties);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + s3.getPort());
  }

  /** Sees to it that the bucket is there, with what was in it. */
  void createBucket() {
    if (!blobs.containerExists(bucket)) {
      blobs.createContainer(bucket);
    }
  }

  void clear() {
    blobs.clearContainer(ListObjectsV2Request.builder().bucket(bucket).build());
  }

  @Override
  public void close() {
    try {
      s3.stop();
    } catch (Exception e) {
      throw new IllegalStateException("Local S3 does not stop.", e);
    }
    blobs.close();
  }
}
