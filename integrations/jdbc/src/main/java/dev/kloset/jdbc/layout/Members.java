package dev.kloset.jdbc.layout;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Takes the members out of an object of JSON, each as what it must be. */
record Members(Map<String, Object> object) {

    String text(String key) throws IOException {
        return as(String.class, object.get(key), key);
    }

    long number(String key) throws IOException {
        return as(Long.class, object.get(key), key);
    }

    boolean truth(String key) throws IOException {
        return as(Boolean.class, object.get(key), key);
    }

    List<String> texts(String key) throws IOException {
        List<String> texts = new ArrayList<>();
        for (Object text : as(List.class, object.get(key), key)) {
            texts.add(as(String.class, text, key));
        }
        return texts;
    }

    Members member(String key) throws IOException {
        return members(object.get(key), key);
    }

    List<Members> list(String key) throws IOException {
        List<Members> list = new ArrayList<>();
        for (Object one : as(List.class, object.get(key), key)) {
            list.add(members(one, key));
        }
        return list;
    }

    Map<String, String> strings() throws IOException {
        Map<String, String> strings = new LinkedHashMap<>();
        for (String key : object.keySet()) {
            strings.put(key, text(key));
        }
        return strings;
    }

    private static Members members(@Nullable Object value, String key) throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) as(Map.class, value, key)).entrySet()) {
            map.put(String.valueOf(entry.getKey()), Objects.requireNonNull(entry.getValue()));
        }
        return new Members(map);
    }

    private static <T> T as(Class<T> type, @Nullable Object value, String key)
            throws IOException {
        if (!type.isInstance(value)) {
            throw new IOException("the member \"" + key + "\" is missing or of another type: the file was changed, "
                    + "or made by a newer version");
        }
        return type.cast(value);
    }
}
