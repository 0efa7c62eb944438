package dev.parley.turn.socket;

/**
 * The system calls of an open datagram socket; tests have their own. Pointers are plain numbers. Each answers what the
 * kernel's does, or the negative error number.
 */
interface DatagramCalls {
    /** {@code sendmmsg}: how many messages were taken. */
    int send(int descriptor, long messages, int count);

    /** {@code recvmmsg}: how many messages were written. */
    int receive(int descriptor, long messages, int count);

    /** {@code recvmsg} from the error queue. */
    int receiveError(int descriptor, long message);

    /** {@code setsockopt} of an int. */
    int setOption(int descriptor, int level, int name, int value);

    /** {@code getsockopt} of an int that is never negative. */
    int option(int descriptor, int level, int name);
}
