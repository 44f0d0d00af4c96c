package dev.kloset.hadoop;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kloset.Plugin;
import dev.kloset.hadoop.layout.Layout;
import dev.kloset.hadoop.servers.MiniHdfs;
import dev.kloset.testkit.contract.CheckSettings;
import dev.kloset.testkit.contract.Clause;
import dev.kloset.testkit.contract.ExpectedFiles;
import dev.kloset.testkit.contract.MutableSource;
import dev.kloset.testkit.contract.SourceChange;
import dev.kloset.testkit.junit.ImporterContract;
import dev.kloset.testkit.subject.Subject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The importer keeps the contract, through snapshots of a real cluster, but for one file that is another in each backup. */
class HadoopImporterContractTest extends ImporterContract {

    private Hdfs hdfs;

    @BeforeEach
    void start() throws Exception {
        hdfs = Hdfs.of(MiniHdfs.shared());
        hdfs.write("d/file", "content");
        hdfs.write("d/empty", "");
        hdfs.write("d/large", "large ".repeat(200_000));
        hdfs.xattr("d/file", "user.colour", "red");
        hdfs.acl("d", "user::rwx,user:eve:r-x,group::r-x,mask::r-x,other::r-x");
        hdfs.files.allowSnapshot(hdfs.at(""));
    }

    @AfterEach
    void stop() throws Exception {
        hdfs.close();
    }

    @Override
    protected Plugin plugin() {
        return HadoopPlugin.plugin();
    }

    @Override
    protected Map<String, String> config(Path directory) {
        return hdfs.settings("", "consistency", "require-snapshot");
    }

    @Override
    protected Optional<MutableSource> mutableSource(Path directory) {
        return Optional.of(new MutableSource() {
            @Override
            public List<SourceChange> changes() {
                return List.of(new SourceChange("bytes appended", () -> {
                    hdfs.append("d/file", " and more");
                    return ExpectedFiles.none().and("/d/file", "content and more".getBytes(UTF_8));
                }), new SourceChange("a file written over with as many bytes", () -> {
                    hdfs.write("d/file", "CONTENT AND MORE");
                    return ExpectedFiles.none()
                            .and("/d/file", "CONTENT AND MORE".getBytes(UTF_8))
                            .andGone("/d/" + Layout.metadata(1));
                }), new SourceChange("another snapshot made and deleted", () -> {
                    hdfs.files.createSnapshot(hdfs.at(""), "mine");
                    hdfs.files.deleteSnapshot(hdfs.at(""), "mine");
                    return ExpectedFiles.none();
                }), new SourceChange("another mode of a directory", () -> {
                    hdfs.files.setPermission(hdfs.at("d"), new FsPermission((short) 0755));
                    return ExpectedFiles.none();
                }));
            }

            @Override
            public boolean isAlwaysRead(String pathname) {
                return pathname.equals(Layout.POINT) || Layout.isMetadata(Layout.name(pathname));
            }
        });
    }

    @Override
    protected Map<Clause, String> waivers() {
        return Map.of(Clause.I20, Layout.POINT + " says when the backup began, and how its snapshot is called");
    }

    @Override
    protected Optional<Subject> process() {
        return main(HadoopPlugin.class.getName(), "importer");
    }

    @Override
    protected void configure(CheckSettings.Builder settings) {
        settings.limit(Duration.ofMinutes(12)).hungAfter(Duration.ofMinutes(3));
    }
}
