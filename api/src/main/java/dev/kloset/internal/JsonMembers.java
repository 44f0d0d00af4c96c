package dev.kloset.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The members of an object of JSON in a file of a snapshot, each taken as what it must be. Immutable. */
public record JsonMembers(Map<String, Object> object) {

    /**
     * {@return the object in a file}
     *
     * @throws IOException if the file is no object of JSON
     */
    public static JsonMembers read(byte[] file) throws IOException {
        try {
            return new JsonMembers(JsonReader.object(new String(file, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage() + ": the file was changed", e);
        }
    }

    /** {@return the file with an object, one member on a line} */
    public static String write(Map<String, Object> object) {
        return JsonWriter.lines(object) + "\n";
    }

    /** {@return whether there is a member of that name} */
    public boolean has(String key) {
        return object.containsKey(key);
    }

    /**
     * {@return a member that is a text}
     *
     * @throws IOException if it is missing or something else, as with all methods below
     */
    public String text(String key) throws IOException {
        return as(String.class, object.get(key), key);
    }

    /** {@return a member that is a whole number} */
    public long number(String key) throws IOException {
        return as(Long.class, object.get(key), key);
    }

    /**
     * {@return a member that is a whole number within bounds}
     *
     * @param most the largest that it may be; the smallest is zero
     */
    public int number(String key, int most) throws IOException {
        long number = number(key);
        if (number < 0 || number > most) {
            throw new IOException("the member \"" + key + "\" is " + number + ", and may be 0 to " + most
                    + ": the file was changed, or made by a newer version");
        }
        return (int) number;
    }

    /** {@return a member that is a number, whole or not} */
    public double fraction(String key) throws IOException {
        return as(Number.class, object.get(key), key).doubleValue();
    }

    /** {@return a member that is true or false} */
    public boolean truth(String key) throws IOException {
        return as(Boolean.class, object.get(key), key);
    }

    /** {@return a member that is a list of texts} */
    public List<String> texts(String key) throws IOException {
        return list(String.class, key);
    }

    /** {@return a member that is a list of whole numbers} */
    public List<Long> numbers(String key) throws IOException {
        return list(Long.class, key);
    }

    /** {@return a member that is an object} */
    public JsonMembers member(String key) throws IOException {
        return members(object.get(key), key);
    }

    /** {@return a member that is a list of objects} */
    public List<JsonMembers> list(String key) throws IOException {
        List<JsonMembers> list = new ArrayList<>();
        for (Object one : as(List.class, object.get(key), key)) {
            list.add(members(one, key));
        }
        return list;
    }

    /** {@return all members, which are texts} */
    public Map<String, String> strings() throws IOException {
        Map<String, String> strings = new LinkedHashMap<>();
        for (String key : object.keySet()) {
            strings.put(key, text(key));
        }
        return strings;
    }

    private <T> List<T> list(Class<T> type, String key) throws IOException {
        List<T> list = new ArrayList<>();
        for (Object one : as(List.class, object.get(key), key)) {
            list.add(as(type, one, key));
        }
        return list;
    }

    private static JsonMembers members(@Nullable Object value, String key) throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) as(Map.class, value, key)).entrySet()) {
            map.put(String.valueOf(entry.getKey()), Objects.requireNonNull(entry.getValue()));
        }
        return new JsonMembers(map);
    }

    private static <T> T as(Class<T> type, @Nullable Object value, String key) throws IOException {
        if (!type.isInstance(value)) {
            throw new IOException("the member \"" + key + "\" is missing or of another type: the file was changed, "
                    + "or made by a newer version");
        }
        return type.cast(value);
    }
}
