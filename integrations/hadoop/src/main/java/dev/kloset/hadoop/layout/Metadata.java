package dev.kloset.hadoop.layout;

import dev.kloset.internal.JsonMembers;
import dev.kloset.internal.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What only HDFS knows of a file or directory: one line of a file of metadata. Immutable.
 *
 * @param name of the file in the directory; {@link #SELF} for the directory itself
 * @param acl the entries of the access control list beside the mode, as {@code hdfs dfs -getfacl} writes them
 * @param erasureCoding the policy that is in force; {@link #REPLICATED} where the directory above has one and this has none
 * @param storagePolicy the policy that is in force, if it is another than that of the directory above
 * @param quota how many names it may have; {@link #UNLIMITED} without a quota
 * @param spaceQuota how many bytes it may have, of all replicas; {@link #UNLIMITED} without a quota
 * @param replication on how many DataNodes each block is; 0 for as many as the cluster's default
 * @param blockSize in bytes; 0 for the cluster's default
 * @param xattrs the attributes of the namespace user, in Base64
 */
public record Metadata(String name, List<String> acl, String erasureCoding, String storagePolicy, long quota,
        long spaceQuota, int replication, long blockSize, Map<String, String> xattrs) {

    /** The name of the directory itself. */
    public static final String SELF = ".";

    /** The policy of files that are not erasure-coded, in a directory whose files are. */
    public static final String REPLICATED = "replication";

    /** In place of a quota. Zero is one: a directory that has room for files without bytes. */
    public static final long UNLIMITED = -1;

    private static final int MOST_REPLICATION = Short.MAX_VALUE;

    /** Copy. */
    public Metadata {
        acl = List.copyOf(acl);
        xattrs = Map.copyOf(xattrs);
    }

    /** {@return what there is to say of a file of which only the name is known} */
    public static Metadata none(String name) {
        return new Metadata(name, List.of(), "", "", UNLIMITED, UNLIMITED, 0, 0, Map.of());
    }

    /** {@return whether there is nothing to say} */
    public boolean isEmpty() {
        return equals(none(name));
    }

    /** {@return whether a file must be made with it, because it cannot be changed later} */
    public boolean isForCreation() {
        return blockSize > 0 || !erasureCoding.isEmpty();
    }

    /** {@return the line} */
    public String write() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", name);
        put(object, "acl", acl, acl.isEmpty());
        put(object, "erasure_coding", erasureCoding, erasureCoding.isEmpty());
        put(object, "storage_policy", storagePolicy, storagePolicy.isEmpty());
        put(object, "quota", quota, quota == UNLIMITED);
        put(object, "space_quota", spaceQuota, spaceQuota == UNLIMITED);
        put(object, "replication", replication, replication == 0);
        put(object, "block_size", blockSize, blockSize == 0);
        put(object, "xattrs", new TreeMap<>(xattrs), xattrs.isEmpty());
        return JsonWriter.line(object);
    }

    private static void put(Map<String, Object> object, String key, Object value, boolean isNothing) {
        if (!isNothing) {
            object.put(key, value);
        }
    }

    /** {@return what a line says} */
    public static Metadata read(String line) throws IOException {
        JsonMembers members = JsonMembers.read(line.getBytes(StandardCharsets.UTF_8));
        return new Metadata(members.text("name"), members.has("acl") ? members.texts("acl") : List.of(),
                text(members, "erasure_coding"), text(members, "storage_policy"), number(members, "quota", UNLIMITED),
                number(members, "space_quota", UNLIMITED),
                members.has("replication") ? members.number("replication", MOST_REPLICATION) : 0,
                number(members, "block_size", 0),
                members.has("xattrs") ? members.member("xattrs").strings() : Map.of());
    }

    private static String text(JsonMembers members, String key) throws IOException {
        return members.has(key) ? members.text(key) : "";
    }

    private static long number(JsonMembers members, String key, long without) throws IOException {
        return members.has(key) ? members.number(key) : without;
    }
}
