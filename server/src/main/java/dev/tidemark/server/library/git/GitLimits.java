package dev.tidemark.server.library.git;

/**
 * What is read of one repository at most.
 *
 * @param fetchedBytes over the network, for one fetch
 * @param mirrorBytes on disk, for all that was fetched of one library
 * @param objects in one fetch
 * @param objectBytes one object's size in a fetch, unpacked
 * @param entries of one commit, folders included
 * @param files of one commit that are to be split
 * @param fileBytes a larger file is passed over
 * @param pathBytes a file with a longer path is passed over
 * @param depth a folder nested deeper is passed over
 * @param tags of one repository
 */
public record GitLimits(
    long fetchedBytes,
    long mirrorBytes,
    int objects,
    long objectBytes,
    int entries,
    int files,
    int fileBytes,
    int pathBytes,
    int depth,
    int tags) {
  public static final GitLimits DEFAULT =
      new GitLimits(
          2L << 30, 4L << 30, 2_000_000, 128L << 20, 500_000, 50_000, 1 << 20, 500, 40, 10_000);
}
