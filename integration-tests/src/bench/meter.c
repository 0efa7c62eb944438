#include "meter.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <time.h>

uint64_t meter_now_nanos(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* The stat file of a process counts in ticks of ten milliseconds; the scheduler counts a thread in nanoseconds. */
uint64_t meter_processor_nanos(pid_t pid) {
    char path[512];
    snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
    DIR *tasks = pid > 0 ? opendir(path) : NULL;
    if (tasks == NULL) return 0;
    uint64_t sum = 0;
    for (struct dirent *entry = readdir(tasks); entry != NULL; entry = readdir(tasks)) {
        if (entry->d_name[0] == '.') continue;
        snprintf(path, sizeof path, "/proc/%d/task/%s/schedstat", (int)pid, entry->d_name);
        FILE *file = fopen(path, "r");
        uint64_t nanos = 0;
        if (file == NULL) continue;
        if (fscanf(file, "%" SCNu64, &nanos) == 1) sum += nanos;
        fclose(file);
    }
    closedir(tasks);
    return sum;
}

static unsigned bucket_of(uint64_t nanos) {
    if (nanos < 16) return (unsigned)nanos;
    unsigned exponent = 63 - (unsigned)__builtin_clzll(nanos);
    return (exponent - 3) * 16 + (unsigned)(nanos >> (exponent - 4) & 15);
}

static uint64_t edge_of(unsigned bucket) {
    if (bucket < 16) return bucket;
    unsigned exponent = bucket / 16 + 3;
    return (UINT64_C(16) + bucket % 16) << (exponent - 4);
}

void meter_add(struct meter_delays *delays, uint64_t nanos) {
    delays->counts[bucket_of(nanos)]++;
    delays->total++;
}

uint64_t meter_quantile(const struct meter_delays *delays, double share) {
    uint64_t wanted = (uint64_t)((double)delays->total * share), seen = 0;
    for (unsigned bucket = 0; bucket < METER_BUCKETS; bucket++) {
        seen += delays->counts[bucket];
        if (seen > wanted) return edge_of(bucket);
    }
    return 0;
}
