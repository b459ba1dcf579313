package feeds;

import java.security.MessageDigest;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256, computed on another core while its caller goes on with what it has added: of many bytes
 * it takes as long as all that is done with them. It is one piece behind at the most, of which it
 * has a copy. Not thread-safe.
 */
final class SideDigest extends MessageDigest {
  private final MessageDigest digest = DigestUtils.getSha256Digest();
  private byte[] piece = {};
  private @Nullable ForkJoinTask<?> task;

  SideDigest() {
    super("SHA-256");
  }

  @Override
  protected void engineUpdate(byte one) {
    engineUpdate(new byte[] {one}, 0, 1);
  }

  @Override
  protected void engineUpdate(byte[] bytes, int offset, int length) {
    await();
    if (length > piece.length) {
      piece = new byte[length];
    }
    byte[] copy = piece;
    System.arraycopy(bytes, offset, copy, 0, length);
    task = ForkJoinPool.commonPool().submit(() -> digest.update(copy, 0, length));
  }

  private void await() {
    if (task != null) {
      task.join();
      task = null;
    }
  }

  @Override
  protected byte[] engineDigest() {
    await();
    return digest.digest();
  }

  @Override
  protected void engineReset() {
    await();
    digest.reset();
  }
}
