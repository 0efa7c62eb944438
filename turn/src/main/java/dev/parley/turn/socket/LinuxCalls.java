package dev.parley.turn.socket;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The kernel's own calls by way of the C library. One per event loop, since it keeps the place where the library leaves
 * the error number. Pointers are declared as 64-bit numbers, which both supported architectures pass alike, so that no
 * object is made for a call.
 */
final class LinuxCalls implements DatagramCalls {
    private static final boolean SUPPORTED_SYSTEM = "Linux".equals(System.getProperty("os.name"))
            && ("amd64".equals(System.getProperty("os.arch")) || "aarch64".equals(System.getProperty("os.arch")));

    private final MemorySegment scratch = Arena.ofAuto().allocate(16, Long.BYTES);
    private final MemorySegment errorState = Arena.ofAuto().allocate(Linker.Option.captureStateLayout());

    /** Whether this system has the calls and lets us make them. */
    static boolean areAvailable() {
        if (!SUPPORTED_SYSTEM) {
            return false;
        }
        try {
            new LinuxCalls().option(-1, Linux.SOL_SOCKET, Linux.SO_ERROR); // the answer does not matter
            return true;
        } catch (RuntimeException | LinkageError refusal) {
            return false;
        }
    }

    int socket(int family) {
        try {
            int type = Linux.SOCK_DGRAM | Linux.SOCK_NONBLOCK | Linux.SOCK_CLOEXEC;
            return checked((int) Handles.SOCKET.invokeExact(errorState, family, type, 0));
        } catch (Throwable impossible) {
            throw cannotHappen(impossible);
        }
    }

    int bind(int descriptor, MemorySegment address, int bytes) {
        try {
            return checked((int) Handles.BIND.invokeExact(errorState, descriptor, address.address(), bytes));
        } catch (Throwable impossible) {
            throw cannotHappen(impossible);
        }
    }

    /** Writes the local address of a socket. */
    int localAddress(int descriptor, MemorySegment address) {
        try {
            scratch.set(JAVA_INT, 0, (int) address.byteSize());
            return checked((int)
                    Handles.GETSOCKNAME.invokeExact(errorState, descriptor, address.address(), scratch.address()));
        } catch (Throwable impossible) {
            throw cannotHappen(impossible);
        }
    }

    int close(int descriptor) {
        try {
            return checked((int) Handles.CLOSE.invokeExact(errorState, descriptor));
        } catch (Throwable impossible) {
            throw cannotHappen(impossible);
        }
    }

    @Override
    public int send(int descriptor, long messages, int count) {
        try {
            return checked(
                    (int) Handles.SENDMMSG.invokeExact(errorState, descriptor, messages, count, Linux.MSG_DONTWAIT));
        } catch (Throwable impossible) {
            throw cannotHappen(impossible);
        }
    }

    @Override
    public int receive(int descriptor, long messages, int count) {
        try {
            return checked((int)
                    Handles.RECVMMSG.invokeExact(errorState, descriptor, messages, count, Linux.MSG_DONTWAIT, 0L));
        } catch (Throwable impossible) {
            throw cannotHappen(impossible);
        }
    }

    @Override
    public int receiveError(int descriptor, long message) {
        try {
            int flags = Linux.MSG_ERRQUEUE | Linux.MSG_DONTWAIT;
            long bytes = (long) Handles.RECVMSG.invokeExact(errorState, descriptor, message, flags);
            return checked((int) bytes);
        } catch (Throwable impossible) {
            throw cannotHappen(impossible);
        }
    }

    @Override
    public int setOption(int descriptor, int level, int name, int value) {
        try {
            scratch.set(JAVA_INT, 0, value);
            return checked((int) Handles.SETSOCKOPT.invokeExact(
                    errorState, descriptor, level, name, scratch.address(), Integer.BYTES));
        } catch (Throwable impossible) {
            throw cannotHappen(impossible);
        }
    }

    @Override
    public int option(int descriptor, int level, int name) {
        try {
            scratch.set(JAVA_INT, 0, 0);
            scratch.set(JAVA_INT, Long.BYTES, Integer.BYTES);
            int result = checked((int) Handles.GETSOCKOPT.invokeExact(
                    errorState, descriptor, level, name, scratch.address(), scratch.address() + Long.BYTES));
            return result < 0 ? result : scratch.get(JAVA_INT, 0);
        } catch (Throwable impossible) {
            throw cannotHappen(impossible);
        }
    }

    private int checked(int result) {
        return result < 0 ? -errorState.get(JAVA_INT, 0) : result;
    }

    private static RuntimeException cannotHappen(Throwable impossible) {
        return switch (impossible) {
            case RuntimeException bug -> bug;
            case Error dead -> throw dead;
            default -> new IllegalStateException(impossible);
        };
    }

    /** Apart, so that a system without these calls can ask for them without dying of it. */
    private static final class Handles {
        private static final Linker LINKER = Linker.nativeLinker();

        static final MethodHandle SOCKET = call("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
        static final MethodHandle BIND = call("bind", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT);
        static final MethodHandle GETSOCKNAME = call("getsockname", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);
        static final MethodHandle CLOSE = call("close", JAVA_INT, JAVA_INT);
        static final MethodHandle SENDMMSG = call("sendmmsg", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT);
        static final MethodHandle RECVMMSG =
                call("recvmmsg", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG);
        static final MethodHandle RECVMSG = call("recvmsg", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT);
        static final MethodHandle SETSOCKOPT =
                call("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT);
        static final MethodHandle GETSOCKOPT =
                call("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);

        private Handles() {}

        @SuppressWarnings("restricted") // the signatures above are the C library's
        private static MethodHandle call(String name, MemoryLayout result, MemoryLayout... parameters) {
            return LINKER.downcallHandle(
                    LINKER.defaultLookup().findOrThrow(name),
                    FunctionDescriptor.of(result, parameters),
                    Linker.Option.captureCallState("errno"));
        }
    }
}
