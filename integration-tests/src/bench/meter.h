/* What is measured: the server's processor time, and how long packets were under way. */
#ifndef PARLEY_BENCH_METER_H
#define PARLEY_BENCH_METER_H

#include <stdint.h>
#include <sys/types.h>

uint64_t meter_now_nanos(void);

/* Processor time of all threads of a process so far, as the scheduler counts it; 0 for pid 0. */
uint64_t meter_processor_nanos(pid_t pid);

/* Delays in buckets that are never wider than a sixteenth of their value. */
enum { METER_BUCKETS = 64 * 16 };

struct meter_delays {
    uint64_t counts[METER_BUCKETS];
    uint64_t total;
};

void meter_add(struct meter_delays *delays, uint64_t nanos);

/* The delay that this share (0 to 1) of packets did not exceed, as the lower edge of its bucket. */
uint64_t meter_quantile(const struct meter_delays *delays, double share);

#endif
