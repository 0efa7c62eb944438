package dev.parley.config.schema;

import dev.parley.config.Defaults;
import dev.parley.config.ServerConfig;
import dev.parley.config.Setting;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All keys in the order of the records, with the way from a tree of records to values by path, and back. */
public final class Schema {
    /** The schema of {@link ServerConfig}. */
    public static final Schema SERVER = new Schema();

    private final Map<String, KeySpec> keysByPath = new LinkedHashMap<>();
    private final Set<String> sections = new LinkedHashSet<>();
    private final List<String> paths = new ArrayList<>();

    private Schema() {
        collect("", Defaults.CONFIG);
    }

    /** Every key, in documentation order. */
    public List<KeySpec> keys() {
        return List.copyOf(keysByPath.values());
    }

    /** The key of this path, or null. */
    public @Nullable KeySpec find(String path) {
        return keysByPath.get(path);
    }

    /** Whether the path names a section. */
    public boolean isSection(String path) {
        return sections.contains(path);
    }

    /** The names directly below a section, in documentation order; the empty path is the top. */
    public List<String> namesBelow(String section) {
        return paths.stream()
                .filter(path -> parent(path).equals(section))
                .map(path -> path.substring(path.lastIndexOf('.') + 1))
                .toList();
    }

    /**
     * The tree in which the given values take the place of the defaults; a path that is present with null unsets its
     * key.
     */
    public ServerConfig build(Map<String, @Nullable Object> valuesByPath) {
        return (ServerConfig) build(ServerConfig.class, "", valuesByPath);
    }

    /** The value of every key in a tree, by path; null where an optional key is unset. */
    public Map<String, @Nullable Object> values(ServerConfig config) {
        Map<String, @Nullable Object> valuesByPath = new LinkedHashMap<>();
        read("", config, valuesByPath);
        return valuesByPath;
    }

    private void collect(String section, Record node) {
        for (RecordComponent component : node.getClass().getRecordComponents()) {
            String path = path(section, component);
            paths.add(path);
            if (isSection(component)) {
                sections.add(path);
                collect(path, (Record) require(value(component, node), path));
            } else {
                keysByPath.put(path, key(path, component, value(component, node)));
            }
        }
    }

    private static KeySpec key(String path, RecordComponent component, @Nullable Object defaultValue) {
        Setting setting = require(component.getAnnotation(Setting.class), path);
        boolean isList = component.getType() == List.class;
        Class<?> valueClass = isList
                ? (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0]
                : component.getType();
        boolean isOptional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        return new KeySpec(path, ValueTypes.of(valueClass), isList, isOptional, setting, defaultValue);
    }

    private Record build(Class<?> type, String section, Map<String, @Nullable Object> valuesByPath) {
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] arguments = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String path = path(section, components[i]);
            KeySpec key = keysByPath.get(path);
            if (key == null) {
                arguments[i] = build(components[i].getType(), path, valuesByPath);
            } else {
                arguments[i] = valuesByPath.containsKey(path) ? valuesByPath.get(path) : key.defaultValue();
            }
        }
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return (Record) type.getConstructor(types).newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot build " + type.getName(), e);
        }
    }

    private static void read(String section, Record node, Map<String, @Nullable Object> valuesByPath) {
        for (RecordComponent component : node.getClass().getRecordComponents()) {
            String path = path(section, component);
            Object value = value(component, node);
            if (value instanceof Record nested && isSection(component)) {
                read(path, nested, valuesByPath);
            } else {
                valuesByPath.put(path, value);
            }
        }
    }

    /** Sections are the records that hold settings; other records (a port range, an address) are values. */
    private static boolean isSection(RecordComponent component) {
        return component.getType().isRecord() && component.getAnnotation(Setting.class) == null;
    }

    private static @Nullable Object value(RecordComponent component, Record node) {
        try {
            return component.getAccessor().invoke(node);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    private static String path(String section, RecordComponent component) {
        String name = component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        return section.isEmpty() ? name : section + "." + name;
    }

    private static String parent(String path) {
        return path.contains(".") ? path.substring(0, path.lastIndexOf('.')) : "";
    }

    private static <T> T require(@Nullable T present, String path) {
        if (present == null) {
            throw new IllegalStateException("undocumented or unset: " + path);
        }
        return present;
    }
}
