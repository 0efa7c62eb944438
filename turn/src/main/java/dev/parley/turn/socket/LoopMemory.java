package dev.parley.turn.socket;

/** The system calls of one event loop and the native memory that its sockets use in turn. */
final class LoopMemory {
    private final DatagramCalls calls;
    private final SendBatch sendBatch = new SendBatch();
    private final ReceiveBatch receiveBatch;
    private final ErrorQueue errorQueue;

    LoopMemory(DatagramCalls calls, FlushQueue flushQueue) {
        this.calls = calls;
        this.receiveBatch = new ReceiveBatch(calls, flushQueue);
        this.errorQueue = new ErrorQueue(calls);
    }

    DatagramCalls calls() {
        return calls;
    }

    SendBatch sendBatch() {
        return sendBatch;
    }

    ReceiveBatch receiveBatch() {
        return receiveBatch;
    }

    ErrorQueue errorQueue() {
        return errorQueue;
    }
}
