package dev.kloset.files.restore.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.FileInfo;
import dev.kloset.FileMode;
import dev.kloset.files.posix.FileIdentity;
import dev.kloset.files.restore.node.RestoreFile;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Files that may still get more names, in little memory. */
class PackedLinksTest {

    private static final long DEVICE = 0xfe00;

    /** What a package grants waiting files, of its heap of 128 MiB. */
    private static final long ROOM = (long) (0.6 * (128 << 20));

    private static LinkedFile file(long inode, int missing) {
        String pathname = "/a directory " + inode / 1000 + "/file " + inode;
        FileInfo info = FileInfo.builder("file " + inode)
                .dev(DEVICE)
                .ino(inode)
                .size(inode * 31)
                .mode(FileMode.fromPosix(0100644))
                .modTime(Instant.ofEpochSecond(1_790_000_000L - inode, 123_456_789))
                .uid(1000)
                .gid(0xFFFF_FFFEL)
                .build();
        return new LinkedFile(pathname, info, "", CompletableFuture.completedFuture(
                new RestoreFile.Restored(new FileIdentity(DEVICE, inode + 7), List.of())), missing);
    }

    private static void assertSame(LinkedFile found, LinkedFile expected) {
        assertThat(found).usingRecursiveComparison().ignoringFields("restored").isEqualTo(expected);
        assertThat(found.restored().join()).isEqualTo(expected.restored().join());
    }

    @Test
    void everyFileIsFoundAgain() {
        PackedLinks links = new PackedLinks();
        LinkedFile link = new LinkedFile("/\u65e5\u672c", FileInfo.builder("\u65e5\u672c")
                .ino(-1)
                .mode(FileMode.symlink())
                .modTime(Instant.MIN)
                .build(), "its target",
                CompletableFuture.completedFuture(
                        new RestoreFile.Restored(new FileIdentity(-1, -2), List.of("one", "another"))),
                60_000);
        assertThat(links.add(link)).isTrue();
        assertThat(links.add(file(5, 1))).isTrue();
        LinkedFile found = links.find(0, -1);
        assertSame(Objects.requireNonNull(found, "found"), link);
        assertThat(links.find(1, -1)).isNull();
        links.countDown(0, -1);
        assertThat(links.find(0, -1)).returns(59_999, LinkedFile::missing);
    }

    @Test
    void itBehavesLikeAMap() {
        Random random = new Random(5);
        PackedLinks links = new PackedLinks();
        Map<Long, LinkedFile> model = new HashMap<>();
        for (int i = 0; i < 300_000; i++) {
            long inode = random.nextInt(i < 200_000 ? 20_000 : 100);
            LinkedFile known = model.get(inode);
            if (known == null) {
                LinkedFile fresh = file(inode, 1 + random.nextInt(3));
                assertThat(links.add(fresh)).isTrue();
                model.put(inode, fresh);
            } else if (random.nextInt(10) == 0) {
                links.remove(DEVICE, inode);
                model.remove(inode);
            } else {
                links.countDown(DEVICE, inode);
                if (known.missing() == 1) {
                    model.remove(inode);
                } else {
                    model.put(inode, known.withoutOne());
                }
            }
        }
        assertThat(links.size()).isEqualTo(model.size());
        for (long inode = 0; inode < 20_000; inode++) {
            LinkedFile expected = model.get(inode);
            LinkedFile found = links.find(DEVICE, inode);
            assertThat(found == null).isEqualTo(expected == null);
            if (found != null && expected != null) {
                assertSame(found, expected);
            }
        }
    }

    @Test
    void aMillionFilesFitAndFinishedOnesTakeNoRoom() {
        PackedLinks links = new PackedLinks();
        for (long inode = 1; inode <= 1_000_000; inode++) {
            assertThat(links.add(file(inode, 1))).isTrue();
        }
        assertThat(links.bytes()).isLessThan(ROOM);
        long full = links.bytes();
        for (long inode = 1; inode <= 1_000_000; inode++) {
            links.countDown(DEVICE, inode);
            links.add(file(inode + 1_000_000, 1));
            links.remove(DEVICE, inode + 1_000_000);
        }
        assertThat(links.size()).isZero();
        assertThat(links.bytes()).isLessThan(full / 100);
    }

    @Test
    void unfinishedFilesWaitUnpackedAndFailedOnesAreForgotten() {
        WaitingLinks waiting = new WaitingLinks(Integer.MAX_VALUE, Long.MAX_VALUE);
        LinkedFile failed = file(1, 1);
        waiting.add(new LinkedFile(failed.pathname(), failed.info(), "",
                CompletableFuture.failedFuture(new IllegalStateException("disk")), 1));
        LinkedFile busy = file(3_000, 1);
        CompletableFuture<RestoreFile.Restored> restored = new CompletableFuture<>();
        for (long inode = 2; inode < 6_000; inode++) {
            waiting.add(inode == 3_000
                    ? new LinkedFile(busy.pathname(), busy.info(), "", restored, 1)
                    : file(inode, 1));
        }
        assertThat(waiting.find(failed.info())).isNull();
        assertThat(waiting.find(busy.info())).isNotNull().returns(false, first -> first.restored().isDone());
        restored.complete(new RestoreFile.Restored(new FileIdentity(1, 2), List.of()));
        waiting.add(file(7_000, 1));
        for (long inode = 2; inode < 6_000; inode++) {
            LinkedFile found = waiting.find(file(inode, 1).info());
            waiting.countDown(Objects.requireNonNull(found, "found"));
        }
        assertThat(waiting.size()).isEqualTo(1);
    }
}
