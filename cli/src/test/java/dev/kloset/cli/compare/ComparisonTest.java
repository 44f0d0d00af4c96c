package dev.kloset.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ConnectorRecord;
import dev.kloset.Content;
import dev.kloset.ErrorRecord;
import dev.kloset.FileInfo;
import dev.kloset.FileMode;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.LocationFlag;
import dev.kloset.XattrRecord;
import dev.kloset.exclude.Excludes;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {

    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678901234Z");

    @TempDir
    Path directory = Path.of("");

    private final List<String> found = new ArrayList<>();

    private Verdict compare(Importer a, Importer b, Aspect... ignored) throws IOException, InterruptedException {
        return new Comparison(directory, Excludes.of(List.of()), Set.of(ignored), 4, 1 << 20)
                .run(new Side(a, () -> false), new Side(b, () -> false),
                        each -> found.add(each.path() + " " + each.words()));
    }

    private static FileInfo.Builder info(String name) {
        return FileInfo.builder(name).modTime(TIME).uid(7).gid(8).username("ann").groupname("staff");
    }

    private static FileRecord file(String name, String text, FileInfo.Builder info) {
        return FileRecord.file("/root/" + name, info.name(name).size(text.length()).build(), Content.of(text));
    }

    private static FileRecord file(String name, String text) {
        return file(name, text, info(name));
    }

    private static FileRecord root() {
        return FileRecord.of("/root", info("root").mode(FileMode.directory(0750)).build());
    }

    @Test
    void theOrderOfTheRecordsDoesNotMatter() throws Exception {
        Verdict verdict = compare(ListedImporter.local(root(), file("a", "x"), file("b", "y")),
                ListedImporter.local(file("b", "y"), root(), file("a", "x"), root()));
        assertThat(verdict.equal()).isTrue();
        assertThat(verdict.a().count(EntryType.FILE)).isEqualTo(2);
        assertThat(verdict.leftOut()).isEmpty();
    }

    @Test
    void oneBitOneModeAndOneNanosecondAreFound() throws Exception {
        Verdict verdict = compare(
                ListedImporter.local(root(), file("bit", "aaaa"), file("mode", ""), file("time", "")),
                ListedImporter.local(root(), file("bit", "aaca"),
                        file("mode", "", info("").mode(FileMode.regular(0645))),
                        file("time", "", info("").modTime(TIME.plusNanos(1)))));
        assertThat(found).satisfiesExactly(
                line -> assertThat(line).startsWith("/bit content: sha256 "),
                line -> assertThat(line).isEqualTo("/mode mode: rw-r--r-- (644) in A, rw-r--r-x (645) in B"),
                line -> assertThat(line).isEqualTo("/time mtime: " + TIME + " in A, " + TIME.plusNanos(1) + " in B"));
        assertThat(verdict.count()).isEqualTo(3);
    }

    @Test
    void everyOtherDifferenceIsFound() throws Exception {
        FileInfo link = info("link").mode(FileMode.symlink()).build();
        compare(ListedImporter.local(root(), file("gone", "x"), XattrRecord.of("/root/gone", "user.a", Content.of("1")),
                file("owner", ""), file("size", "x"), FileRecord.symlink("/root/link", link, "x"), file("type", ""),
                file("xattr", ""), XattrRecord.of("/root/xattr", "user.a", Content.of("1")),
                XattrRecord.of("/root/xattr", "user.b", Content.of("1"))),
                ListedImporter.local(root(), file("new", "x"), file("owner", "", info("").username("bob")),
                        file("size", "xx"), FileRecord.symlink("/root/link", link, "y"),
                        FileRecord.of("/root/type", info("type").mode(FileMode.directory(0755)).build()),
                        file("xattr", ""), XattrRecord.of("/root/xattr", "user.a", Content.of("2")),
                        new ErrorRecord("/root/size/x", "permission denied")));
        assertThat(found).satisfiesExactly(
                line -> assertThat(line).isEqualTo("/gone only in A: file"),
                line -> assertThat(line).isEqualTo("/link target: x in A, y in B"),
                line -> assertThat(line).isEqualTo("/new only in B: file"),
                line -> assertThat(line).isEqualTo("/owner owner: 7:8 (ann:staff) in A, 7:8 (bob:staff) in B"),
                line -> assertThat(line).isEqualTo("/size size: 1 in A, 2 in B"),
                line -> assertThat(line).isEqualTo("/size/x cannot be read in B: permission denied"),
                line -> assertThat(line).isEqualTo("/type type: file in A, directory in B"),
                line -> assertThat(line).startsWith("/xattr xattr: user.a 1 bytes, sha256 "),
                line -> assertThat(line).isEqualTo("/xattr only in A: extended attribute user.b"));
    }

    @Test
    void whatABucketCannotExpressIsLeftOutAndNamed() throws Exception {
        FileRecord uploaded = FileRecord.file("/root/a", 1, Instant.parse("2026-01-02T03:04:05Z"), Content.of("x"));
        Verdict verdict = compare(ListedImporter.local(root(), file("a", "x", info("").mode(FileMode.regular(0600))),
                FileRecord.symlink("/root/link", info("link").mode(FileMode.symlink()).build(), "a")),
                ListedImporter.remote(uploaded));
        assertThat(found).isEmpty();
        assertThat(verdict.equal()).isTrue();
        assertThat(verdict.timeUnit()).isEqualTo(1_000_000_000);
        assertThat(verdict.leftOut()).containsOnlyKeys(Aspect.MODE, Aspect.OWNER, Aspect.DIRECTORIES, Aspect.SYMLINKS,
                Aspect.SPECIALS, Aspect.XATTRS, Aspect.HARDLINKS).containsEntry(Aspect.OWNER, "B has none");
    }

    @Test
    void aDifferenceThatTheUserLeavesOutDoesNotCount() throws Exception {
        FileRecord[] other = { root(), file("a", "", info("").mode(FileMode.regular(0600))) };
        assertThat(compare(ListedImporter.local(root(), file("a", "")), ListedImporter.local(other), Aspect.MODE)
                .leftOut()).containsExactly(java.util.Map.entry(Aspect.MODE, "you left it out"));
        assertThat(found).isEmpty();
        compare(ListedImporter.local(root(), file("a", "")), ListedImporter.local(other));
        assertThat(found).hasSize(1);
    }

    @Test
    void namesOfOneFileAreComparedWithoutRegardToInodes() throws Exception {
        ListedImporter a = ListedImporter.local(root(), file("a", "", info("").dev(1).ino(5).nlink(2)),
                file("b", "", info("").dev(1).ino(5).nlink(2)));
        ListedImporter same = ListedImporter.local(root(), file("a", "", info("").dev(2).ino(9).nlink(2)),
                file("b", "", info("").dev(2).ino(9).nlink(2)));
        ListedImporter copies = ListedImporter.local(root(), file("a", "", info("").dev(2).ino(9)),
                file("b", "", info("").dev(2).ino(10)));
        assertThat(compare(a, same).equal()).isTrue();
        compare(a, copies);
        compare(copies, a);
        assertThat(found).containsExactly("/b hardlink: the same file as /a in A, another file in B",
                "/b hardlink: another file in A, the same file as /a in B");
    }

    @Test
    void moreThanFitsIntoMemoryIsSortedInFiles() throws Exception {
        int count = 20_000;
        List<ConnectorRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(FileRecord.of("/root/directory " + i,
                    info("directory " + i).mode(FileMode.directory(0755)).build()));
        }
        List<ConnectorRecord> others = new ArrayList<>(records);
        others.set(77,
                FileRecord.of("/root/directory 77", info("directory 77").mode(FileMode.directory(0700)).build()));
        Collections.shuffle(others, new Random(1));
        int held = count / 80; // so that there are more files than may be open at once
        Verdict verdict = new Comparison(directory, Excludes.of(List.of()), Set.of(), 1, held * 450L)
                .run(side(records), side(others), each -> found.add(each.path() + " " + each.words()));
        assertThat(found).containsExactly("/directory 77 mode: rwxr-xr-x (755) in A, rwx------ (700) in B");
        assertThat(verdict.b().count(EntryType.DIRECTORY)).isEqualTo(count);
        try (var files = Files.list(directory)) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("b"))).hasSizeBetween(2, 32);
        }
    }

    private static Side side(List<ConnectorRecord> records) {
        return new Side(new ListedImporter(Set.of(LocationFlag.LOCALFS), records), () -> false);
    }

    @Test
    void contentsAreReadInParallelWithinTheBound() throws Exception {
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch four = new CountDownLatch(4);
        List<ConnectorRecord> records = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            records.add(file("f" + i, "x").withContent(() -> {
                most.accumulateAndGet(open.incrementAndGet(), Math::max);
                four.countDown();
                await(four);
                return new FilterInputStream(new ByteArrayInputStream("x".getBytes(StandardCharsets.UTF_8))) {
                    @Override
                    public void close() {
                        open.decrementAndGet();
                    }
                };
            }));
        }
        compare(new ListedImporter(Set.of(), records), ListedImporter.remote());
        assertThat(most).hasValue(4);
        assertThat(found).hasSize(40);
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void aContentThatBreaksOffIsADifferenceAndASideThatFailsIsAFailure() throws Exception {
        FileRecord broken = file("a", "x").withContent(() -> new FilterInputStream(InputStream.nullInputStream()) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                throw new IOException("the disk is gone");
            }
        });
        compare(ListedImporter.local(root(), broken), ListedImporter.local(root(), file("a", "x")));
        assertThat(found).containsExactly("/a cannot be read in A: the disk is gone");
        Side gone = new Side(ListedImporter.local(root(), broken), () -> true);
        assertThatThrownBy(() -> new Comparison(directory, Excludes.of(List.of()), Set.of(), 1)
                .run(gone, side(List.of()), _ -> {})).hasMessage("the disk is gone");
    }
}
