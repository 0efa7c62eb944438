package dev.parley.it.endurance;

import dev.parley.it.fixture.Command;
import dev.parley.it.fixture.ParleyProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server process holds at one moment.
 *
 * @param heapBytes in use after a full collection
 * @param directBytes outside of the heap, buffers above all
 * @param descriptors open files and sockets
 * @param allocations alive, by the server's own gauge
 * @param opened allocations since the start
 */
record Footprint(long heapBytes, long directBytes, int descriptors, long allocations, long opened) {
    private static final Pattern HEAP_USED = Pattern.compile("used (\\d+)K");
    private static final Pattern OTHER_COMMITTED = Pattern.compile("Other \\(reserved=\\d+KB, committed=(\\d+)KB\\)");

    static Footprint of(ParleyProcess parley) {
        jcmd(parley, "GC.run");
        jcmd(parley, "GC.run");
        String heap = jcmd(parley, "GC.heap_info");
        long used = 0;
        for (Matcher each = HEAP_USED.matcher(heap.split("Metaspace", 2)[0]); each.find(); ) {
            used += Long.parseLong(each.group(1)) << 10;
        }
        Matcher other = OTHER_COMMITTED.matcher(jcmd(parley, "VM.native_memory", "summary"));
        long direct = other.find() ? Long.parseLong(other.group(1)) << 10 : 0;
        // By now the connection an earlier look had for the metrics is closed; the next one is not open yet.
        int descriptors = descriptors(parley);
        String metrics = metrics(parley);
        return new Footprint(
                used,
                direct,
                descriptors,
                value(metrics, "parley_turn_allocations"),
                value(metrics, "parley_turn_allocations_opened_total"));
    }

    private static String jcmd(ParleyProcess parley, String... words) {
        String[] line = new String[words.length + 2];
        line[0] = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        line[1] = Long.toString(parley.pid());
        System.arraycopy(words, 0, line, 2, words.length);
        return Command.require(line);
    }

    static int descriptors(ParleyProcess parley) {
        try (var open = Files.list(Path.of("/proc", Long.toString(parley.pid()), "fd"))) {
            return (int) open.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String metrics(ParleyProcess parley) {
        try (var http = HttpClient.newHttpClient()) {
            URI page = URI.create("http://127.0.0.1:" + parley.adminPort() + "/metrics");
            return http.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long value(String metrics, String name) {
        for (String line : metrics.lines().toList()) {
            if (line.startsWith(name + " ")) {
                return (long) Double.parseDouble(line.substring(name.length() + 1));
            }
        }
        throw new AssertionError("no metric " + name + " in\n" + metrics);
    }
}
