package dev.kloset.hadoop.backup;

import dev.kloset.hadoop.backup.SourceDirectory.Standard;
import dev.kloset.hadoop.connect.Calls;
import dev.kloset.hadoop.layout.Metadata;
import dev.kloset.hadoop.mount.RealPath;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.BlockStoragePolicySpi;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FsServerDefaults;
import org.apache.hadoop.fs.QuotaUsage;
import org.apache.hadoop.fs.permission.AclEntry;
import org.apache.hadoop.hdfs.protocol.BlockStoragePolicy;
import org.apache.hadoop.hdfs.protocol.HdfsFileStatus;
import org.jspecify.annotations.Nullable;

/** Asks for what a listing does not say of a file. For any number of threads. */
final class Attributes {

    private static final System.Logger LOG = System.getLogger(Attributes.class.getName());
    private static final String USER = "user.";
    private static final byte HOT = 7; // the policy of a cluster in which none was set

    private final Source source;
    private final Map<FileSystem, Map<Byte, String>> policies = new ConcurrentHashMap<>();
    private final Map<FileSystem, Boolean> haveXattrs = new ConcurrentHashMap<>();

    Attributes(Source source) {
        this.source = source;
    }

    /** {@return the attributes that users have set, by name; ours are not among them} */
    Map<String, byte[]> xattrs(RealPath live) throws IOException, InterruptedException {
        if (!source.xattrs() || !hasXattrs(live)) {
            return Map.of();
        }
        RealPath at = source.moment().at(live);
        Map<String, byte[]> users = new TreeMap<>(Calls.get(() -> at.fileSystem().getXAttrs(at.path())));
        users.keySet().removeIf(name -> !name.startsWith(USER) || SnapshotHold.isMark(name));
        users.replaceAll((_, value) -> value == null ? new byte[0] : value);
        return users;
    }

    private boolean hasXattrs(RealPath live) throws IOException, InterruptedException {
        Boolean known = haveXattrs.get(live.fileSystem());
        if (known == null) {
            known = Calls.get(() -> live.fileSystem()
                    .hasPathCapability(live.path(), CommonPathCapabilities.FS_XATTRS));
            haveXattrs.put(live.fileSystem(), known);
        }
        return known;
    }

    /** {@return what to say of a file in a directory} */
    Metadata of(SourceFile file, String name, SourceDirectory directory, Map<String, byte[]> xattrs)
            throws IOException, InterruptedException {
        FileStatus status = file.status();
        Standard own = Standard.of(status);
        Standard usual = directory.standard();
        boolean replicated = own.erasureCoding().isEmpty();
        FsServerDefaults defaults = defaults(file.live(), status);
        return new Metadata(name, acl(file.live(), status), erasureCoding(own, usual),
                own.storagePolicy() == usual.storagePolicy() ? "" : policy(file.live(), own.storagePolicy()),
                Metadata.UNLIMITED,
                Metadata.UNLIMITED,
                defaults == null || !replicated || defaults.getReplication() == status.getReplication()
                        ? 0
                        : status.getReplication(),
                defaults == null || defaults.getBlockSize() == status.getBlockSize() ? 0 : status.getBlockSize(),
                base64(xattrs));
    }

    /** {@return what to say of a directory, so that it can be restored alone} */
    Metadata of(SourceDirectory directory) throws IOException, InterruptedException {
        Standard own = directory.standard();
        boolean isUsual = own.storagePolicy() == HOT && directory.above().storagePolicy() % HOT == 0;
        QuotaUsage quota = quota(directory.live());
        return new Metadata(Metadata.SELF, acl(directory.live(), directory.status()),
                own.erasureCoding().isEmpty() ? erasureCoding(own, directory.above()) : own.erasureCoding(),
                isUsual ? "" : policy(directory.live(), own.storagePolicy()),
                quota == null ? Metadata.UNLIMITED : Math.max(Metadata.UNLIMITED, quota.getQuota()),
                quota == null ? Metadata.UNLIMITED : Math.max(Metadata.UNLIMITED, quota.getSpaceQuota()), 0, 0,
                base64(xattrs(directory.live())));
    }

    private static String erasureCoding(Standard own, Standard usual) {
        if (own.erasureCoding().equals(usual.erasureCoding())) {
            return "";
        }
        return own.erasureCoding().isEmpty() ? Metadata.REPLICATED : own.erasureCoding();
    }

    private List<String> acl(RealPath live, FileStatus status) throws IOException, InterruptedException {
        if (!status.hasAcl()) {
            return List.of();
        }
        RealPath at = source.moment().at(live);
        return Calls.get(() -> at.fileSystem().getAclStatus(at.path()))
                .getEntries()
                .stream()
                .map(AclEntry::toString)
                .toList();
    }

    /** {@return the defaults of the cluster; null for another file system, which has no blocks of its own} */
    private static @Nullable FsServerDefaults defaults(RealPath live, FileStatus status)
            throws IOException, InterruptedException {
        return status instanceof HdfsFileStatus
                ? Calls.get(() -> live.fileSystem().getServerDefaults(live.path()))
                : null;
    }

    private @Nullable QuotaUsage quota(RealPath live) throws IOException, InterruptedException {
        if (!source.settings().quotas()) {
            return null;
        }
        RealPath at = source.moment().at(live);
        return Calls.get(() -> at.fileSystem().getQuotaUsage(at.path()));
    }

    private String policy(RealPath live, byte number) throws InterruptedException {
        if (number == 0) {
            return "";
        }
        Map<Byte, String> known = policies.get(live.fileSystem());
        if (known == null) {
            known = policies(live.fileSystem());
            policies.put(live.fileSystem(), known);
        }
        return known.getOrDefault(number, "");
    }

    private static Map<Byte, String> policies(FileSystem fileSystem) throws InterruptedException {
        Map<Byte, String> names = new TreeMap<>();
        try {
            for (BlockStoragePolicySpi policy : Calls.get(fileSystem::getAllStoragePolicies)) {
                if (policy instanceof BlockStoragePolicy numbered) {
                    names.put(numbered.getId(), numbered.getName());
                }
            }
        } catch (IOException | UnsupportedOperationException e) {
            LOG.log(Level.WARNING, "cannot ask for the names of storage policies, so they are not backed up", e);
        }
        return names;
    }

    private static Map<String, String> base64(Map<String, byte[]> values) {
        Map<String, String> texts = new TreeMap<>();
        values.forEach((name, value) -> texts.put(name, Base64.getEncoder().encodeToString(value)));
        return texts;
    }
}
