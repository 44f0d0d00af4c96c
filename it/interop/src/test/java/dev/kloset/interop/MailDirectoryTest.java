package dev.kloset.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A mail directory in which four processes deliver, mark, rewrite and delete mails while it is backed up. The file system
 * reuses the numbers of deleted files at once.
 */
class MailDirectoryTest {

    /** 20 with {@code -Pfull}. */
    private static final int BACKUPS = Integer.getInteger("mail.backups", 4);
    private static final int PROCESSES = 4;

    /** Mails of each process that lie there from the beginning and are never touched: every snapshot must have them. */
    private static final int KEPT = 5;

    /** A file system that numbers its inodes consecutively would never reuse one. */
    private static final String FILE_SYSTEM = "ext4";

    /**
     * Each mail has a number, with which its name and each of its lines begin, and a version, which the lines also contain. One
     * mail has many names and versions, but never the lines of another.
     */
    private static final String DELIVERER = """
            use POSIX ();
            my ($me, $kept, $log) = @ARGV;
            my $number = 0;
            my (%names, %versions);
            open my $events, '>', $log or die $!;
            my $clock = (POSIX::uname())[4] eq 'x86_64' ? 228 : 113; # clock_gettime
            sub now {
                my $time = "\\0" x 16;
                syscall($clock, 0, $time) == 0 or die $!;
                return sprintf '%d.%09d', unpack 'q q', $time;
            }
            sub note {
                my ($event, $name, $version) = @_;
                print $events "$event ", now(), " $version $name\\n" or die $!;
            }
            sub put {
                my ($id, $version, $name) = @_;
                open my $file, '>', "tmp/$id" or die $!;
                print $file "$id $version\\n" x (1 + ($version * 7 + $number) % 40) or die $!;
                close $file or die $!;
                note('+', $name, $version);
                rename "tmp/$id", $name or die $!;
                note('-', $name, $versions{$id}) if defined $versions{$id};
                $versions{$id} = $version;
            }
            sub act {
                my @ids = keys %names;
                my $what = int rand 4;
                my $id = @ids ? $ids[int rand @ids] : '';
                if ($what == 0 && @ids < 60 || !@ids) {
                    $id = $me . '.' . ++$number;
                    $names{$id} = "new/$id";
                    put($id, 0, $names{$id});
                } elsif ($what == 1) {
                    unlink $names{$id} or die $!;
                    note('-', $names{$id}, $versions{$id});
                    delete $names{$id};
                    delete $versions{$id};
                } elsif ($what == 2) {
                    my $marked = "cur/$id:2," . ('S', 'R', 'F')[int rand 3];
                    note('+', $marked, $versions{$id});
                    rename $names{$id}, $marked or die $!;
                    note('-', $names{$id}, $versions{$id});
                    $names{$id} = $marked;
                } else {
                    put($id, 1 + int rand 1000, $names{$id});
                }
                select undef, undef, undef, rand 0.004;
            }
            while ($number < $kept) {
                $number++;
                put("$me.$number", $number, "cur/$me.$number:2,S");
            }
            """;

    private static final Pattern LINE = Pattern.compile("(\\d+\\.\\d+) (\\d+)");

    /** Allowed messages about a file that no longer exists, or has been replaced. */
    private static final Pattern REASON = Pattern.compile(
            ".*(no such file or directory|another file has taken its place since it was listed).*");

    @TempDir
    Path directory;

    @Test
    void everyRestoredMailIsOneConsistentLetter() throws Exception {
        try (MountedFileSystem disk = MountedFileSystem.image(directory.resolve("disk"), FILE_SYSTEM, "e2fsprogs");
                Plakar plakar = Plakar.withFiles(directory)) {
            Path mails = disk.path().resolve("mails");
            for (String name : List.of("tmp", "new", "cur")) {
                Files.createDirectories(mails.resolve(name));
            }
            Repository repository = plakar.at("files://" + directory.resolve("store")).create();
            MailLog log = new MailLog();
            List<Perl> deliverers = new ArrayList<>();
            List<Long> done = new ArrayList<>();
            try {
                for (int i = 1; i <= PROCESSES; i++) {
                    deliverers.add(Perl.start(mails, DELIVERER, Integer.toString(i), Integer.toString(KEPT),
                            log(i).toString()));
                }
                for (int i = 0; i < BACKUPS; i++) {
                    log.begin();
                    Outcome backup = repository.run("backup", "files://" + mails);
                    log.end();
                    assertReasons(backup);
                }
            } finally {
                for (Perl deliverer : deliverers) {
                    done.add(deliverer.end());
                }
            }
            assertThat(done).as("what each process did").hasSize(PROCESSES).allMatch(count -> count > BACKUPS);
            for (int i = 1; i <= PROCESSES; i++) {
                log.add(log(i));
            }
            List<String> snapshots = repository.snapshotIds().reversed(); // the oldest first
            assertThat(snapshots).hasSize(BACKUPS);
            for (int i = 0; i < BACKUPS; i++) {
                Path restored = directory.resolve("restored/" + snapshots.get(i));
                repository.ok("restore", "-to", "files://" + restored, snapshots.get(i));
                assertMails(restored, log, i);
            }
        }
    }

    private Path log(int process) {
        return directory.resolve("log" + process);
    }

    private static void assertReasons(Outcome backup) {
        assertThat(backup.exit()).as(backup.toString()).isZero();
        assertThat(backup.text().lines().filter(line -> line.contains(" KO "))).filteredOn(
                line -> !REASON.matcher(line).matches()).isEmpty();
    }

    private static void assertMails(Path restored, MailLog log, int backup) throws IOException {
        List<Path> mails;
        try (Stream<Path> all = Files.walk(restored)) {
            mails = all.filter(Files::isRegularFile).toList();
        }
        assertThat(mails).map(Path::getFileName).map(Path::toString).contains(keptMails());
        for (Path mail : mails) {
            boolean partial = mail.startsWith(restored.resolve("tmp"));
            String text = Files.readString(mail, UTF_8);
            assertMail(mail.getFileName().toString().replaceFirst(":.*", ""), text, partial);
            if (!partial) {
                String first = text.lines().findFirst().orElseThrow();
                log.assertHad(restored.relativize(mail).toString(), first.substring(first.indexOf(' ') + 1), backup);
            }
            assertThat(Files.getAttribute(mail, "unix:nlink")).as("names of %s", mail).isEqualTo(1);
        }
    }

    private static String[] keptMails() {
        return IntStream.rangeClosed(1, PROCESSES)
                .boxed()
                .flatMap(process -> IntStream.rangeClosed(1, KEPT).mapToObj(number -> process + "." + number + ":2,S"))
                .toArray(String[]::new);
    }

    /**
     * @param partial whether the mail may still be incomplete
     */
    private static void assertMail(String number, String text, boolean partial) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        if (partial) {
            lines.subList(Math.max(0, lines.size() - 1), lines.size()).clear();
        } else {
            assertThat(lines).as(number).isNotEmpty();
        }
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line);
            assertThat(matcher.matches()).as(line).isTrue();
            assertThat(matcher.group(1)).isEqualTo(number);
            assertThat(line).isEqualTo(lines.getFirst());
        }
    }
}
