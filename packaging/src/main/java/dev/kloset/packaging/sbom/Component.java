package dev.kloset.packaging.sbom;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A part of a package. Texts that are not known are empty.
 *
 * @param type the word of CycloneDX for it, such as {@code library}
 * @param purl the address of the part in its registry
 * @param cpe the name of the part in lists of vulnerabilities
 * @param licences identifiers of SPDX, expressions of them, or names as the author of the part wrote them
 * @param sha256 the digest of the file, in hexadecimal
 * @param properties what CycloneDX has no word for, such as where the part is in the package
 */
public record Component(String type, String group, String name, String version, String purl, String cpe,
        List<String> licences, String sha256, Map<String, String> properties) {

    public Component {
        licences = List.copyOf(licences);
        properties = Map.copyOf(properties);
    }

    /** {@return the part as a tree for JSON, with {@code ref} as its name in the list} */
    Map<String, Object> tree(String ref) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("type", type);
        tree.put("bom-ref", ref);
        put(tree, "group", group);
        tree.put("name", name);
        put(tree, "version", version);
        if (!sha256.isEmpty()) {
            tree.put("hashes", List.of(Sbom.ordered("alg", "SHA-256", "content", sha256)));
        }
        if (!licences.isEmpty()) {
            tree.put("licenses", Licences.tree(licences));
        }
        put(tree, "cpe", cpe);
        put(tree, "purl", purl);
        List<Map<String, Object>> notes = properties.entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .map(note -> Sbom.ordered("name", "kloset:" + note.getKey(), "value", note.getValue()))
                .toList();
        if (!notes.isEmpty()) {
            tree.put("properties", notes);
        }
        return tree;
    }

    private static void put(Map<String, Object> tree, String key, String value) {
        if (!value.isEmpty()) {
            tree.put(key, value);
        }
    }
}
