package dev.parley.server;

import java.io.FileInputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP: service managers send it to have the configuration read again, and a terminal that closes sends it to end
 * what runs inside. The terminal tells which it was.
 */
final class HangUpSignal {
    private static final Logger LOG = LoggerFactory.getLogger("parley");

    private HangUpSignal() {}

    /**
     * Handles the signal from now on, on a thread of the virtual machine's. Where the signal cannot be handled, such as
     * with {@code -Xrs}, it does what the system does with it.
     */
    static void handle(Runnable reload, Runnable end) {
        boolean startedInTerminal = hasTerminal();
        register(() -> {
            if (startedInTerminal && !hasTerminal()) {
                end.run();
            } else {
                reload.run();
            }
        });
    }

    /** The JDK has signals only in a package that the compiler warns about and cannot be told not to. */
    private static void register(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object receiver = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    });
            Object hangUp = signal.getConstructor(String.class).newInstance("HUP");
            signal.getMethod("handle", signal, handler).invoke(null, hangUp, receiver);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            Throwable cause = e instanceof InvocationTargetException wrapper ? wrapper.getCause() : e;
            LOG.info("SIGHUP does not reload the configuration here: {}", String.valueOf(cause));
        }
    }

    private static boolean hasTerminal() {
        try (FileInputStream terminal = new FileInputStream("/dev/tty")) {
            return terminal.getFD().valid();
        } catch (IOException e) {
            return false;
        }
    }
}
