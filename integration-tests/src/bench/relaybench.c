/*
 * relaybench: loads a TURN server over UDP and tells what each relayed packet costs it, as one line of JSON.
 *
 * Client and peer of every flow live in this one thread, so that each packet is seen leaving and arriving: a gap in a
 * flow's numbers is loss, a number seen again is a duplicate, and the text must arrive as it left. The load is a closed
 * loop: a packet is sent for each that arrives, so the rate settles at what the server carries without loss.
 * The exit code is 0 without loss or damage, 1 with it, 2 for a mistake of the caller, 3 when the server refuses.
 *
 * Written in C because generator and server share a machine: a virtual machine's warm-up and collector here would
 * compete with what is measured there, and sendmmsg and recvmmsg keep the generator's own share of the work small.
 */
#include "load.h"

#include <arpa/inet.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <time.h>

struct plan {
    struct sockaddr_in server;
    struct in_addr client, peer;
    const char *username, *password, *secret;
    double seconds, warmup;
    pid_t pid;
    int spread; /* client addresses in a row, from the first, because servers limit what they do for one address */
    struct load_shape shape;
};

static void usage(void) {
    fprintf(stderr,
            "relaybench --server ADDRESS:PORT (--user NAME --password WORD | --secret SHARED) [--pid SERVER]\n"
            "  [--flows 100] [--bytes 1000] [--window 64] [--burst 8] [--direction up|down]\n"
            "  [--seconds 5] [--warmup 1] [--client ADDRESS] [--spread 1] [--peer ADDRESS]\n");
    exit(2);
}

static void read_address(const char *text, struct in_addr *address) {
    if (inet_pton(AF_INET, text, address) != 1) usage();
}

static void read_server(char *text, struct sockaddr_in *server) {
    char *colon = strrchr(text, ':');
    if (colon == NULL) usage();
    *colon = 0;
    server->sin_family = AF_INET;
    server->sin_port = htons((uint16_t)atoi(colon + 1));
    read_address(text, &server->sin_addr);
}

static void require_sense(const struct plan *plan) {
    const struct load_shape *shape = &plan->shape;
    int has_credential = plan->secret != NULL || plan->password != NULL;
    int has_size = shape->bytes >= LOAD_SMALLEST_BYTES && shape->bytes <= LOAD_LARGEST_BYTES;
    int has_window = shape->burst > 0 && shape->burst <= LOAD_LARGEST_BURST && shape->window >= shape->burst;
    int has_count = shape->flows > 0 && plan->spread > 0;
    if (plan->server.sin_port == 0 || !has_credential || !has_size || !has_window || !has_count) usage();
}

static struct plan read_plan(int count, char **words) {
    static const struct option options[] = {
        {"server", 1, NULL, 's'}, {"user", 1, NULL, 'u'},   {"password", 1, NULL, 'p'}, {"secret", 1, NULL, 'k'},
        {"pid", 1, NULL, 'i'},    {"flows", 1, NULL, 'f'},  {"bytes", 1, NULL, 'b'},    {"window", 1, NULL, 'w'},
        {"burst", 1, NULL, 'r'},  {"client", 1, NULL, 'c'}, {"seconds", 1, NULL, 't'},  {"warmup", 1, NULL, 'a'},
        {"peer", 1, NULL, 'e'},   {"direction", 1, NULL, 'd'}, {"spread", 1, NULL, 'x'}, {NULL, 0, NULL, 0}};
    struct plan plan = {.username = "bench", .seconds = 5, .warmup = 1, .spread = 1,
                        .shape = {.flows = 100, .bytes = 1000, .window = 64, .burst = 8, .upwards = 1}};
    plan.client.s_addr = plan.peer.s_addr = htonl(INADDR_LOOPBACK);
    for (int option; (option = getopt_long(count, words, "", options, NULL)) != -1;) {
        switch (option) {
            case 's': read_server(optarg, &plan.server); break;
            case 'u': plan.username = optarg; break;
            case 'p': plan.password = optarg; break;
            case 'k': plan.secret = optarg; break;
            case 'i': plan.pid = atoi(optarg); break;
            case 'f': plan.shape.flows = atoi(optarg); break;
            case 'b': plan.shape.bytes = atoi(optarg); break;
            case 'w': plan.shape.window = atoi(optarg); break;
            case 'r': plan.shape.burst = atoi(optarg); break;
            case 'd': plan.shape.upwards = strcmp(optarg, "down") != 0; break;
            case 't': plan.seconds = atof(optarg); break;
            case 'a': plan.warmup = atof(optarg); break;
            case 'c': read_address(optarg, &plan.client); break;
            case 'x': plan.spread = atoi(optarg); break;
            case 'e': read_address(optarg, &plan.peer); break;
            default: usage();
        }
    }
    require_sense(&plan);
    return plan;
}

static void raise_descriptor_limit(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

/* With a shared secret every flow is a user of its own, so that no quota a user has comes into play. */
static void name_user(const struct plan *plan, struct stun_credential *credential, int index) {
    if (plan->secret == NULL) {
        snprintf(credential->username, STUN_TEXT_BYTES, "%s", plan->username);
        snprintf(credential->password, STUN_TEXT_BYTES, "%s", plan->password);
    } else {
        long long expiry = (long long)time(NULL) + 3600;
        snprintf(credential->username, STUN_TEXT_BYTES, "%lld:%s%d", expiry, plan->username, index);
        stun_password_from_secret(plan->secret, credential);
    }
}

static struct load open_load(const struct plan *plan) {
    struct load load = {.shape = plan->shape, .poller = epoll_create1(EPOLL_CLOEXEC)};
    load.flows = calloc((size_t)plan->shape.flows, sizeof *load.flows);
    if (load.flows == NULL) exit(2);
    for (int i = 0; i < plan->shape.flows; i++) {
        struct flow *flow = &load.flows[i];
        name_user(plan, &flow->credential, i);
        struct in_addr client = {htonl(ntohl(plan->client.s_addr) + (uint32_t)(i % plan->spread))};
        int refusal = flow_open(flow, &plan->server, client, plan->peer);
        if (refusal != 0) {
            fprintf(stderr, "relaybench: flow %d of %d: %s %d\n", i + 1, plan->shape.flows,
                    refusal < 0 ? "no answer" : "refused with", refusal);
            exit(3);
        }
        struct epoll_event interest = {.events = EPOLLIN, .data.ptr = flow};
        epoll_ctl(load.poller, EPOLL_CTL_ADD, plan->shape.upwards ? flow->peer : flow->client, &interest);
    }
    return load;
}

static void print(const struct plan *plan, const struct load_result *result, double seconds, double setup,
                  uint64_t processor_nanos) {
    double packets = result->arrived > 0 ? (double)result->arrived : 1;
    printf("{\"flows\":%d,\"bytes\":%d,\"burst\":%d,\"direction\":\"%s\",", plan->shape.flows, plan->shape.bytes,
           plan->shape.burst, plan->shape.upwards ? "up" : "down");
    printf("\"seconds\":%.2f,\"setupSeconds\":%.3f,\"sent\":%" PRIu64 ",\"arrived\":%" PRIu64 ",", seconds, setup,
           result->sent, result->arrived);
    printf("\"lost\":%" PRIu64 ",\"duplicated\":%" PRIu64 ",\"corrupted\":%" PRIu64 ",", result->lost,
           result->duplicated, result->corrupted);
    printf("\"packetsPerSecond\":%.0f,\"processorNanosPerPacket\":%.0f,", packets / seconds,
           (double)processor_nanos / packets);
    printf("\"delayMicros\":{\"p50\":%.1f,\"p99\":%.1f}}\n", (double)meter_quantile(&result->delays, 0.5) / 1e3,
           (double)meter_quantile(&result->delays, 0.99) / 1e3);
}

int main(int count, char **words) {
    struct plan plan = read_plan(count, words);
    raise_descriptor_limit();
    load_prepare(&plan.shape);
    uint64_t opening_nanos = meter_now_nanos();
    struct load load = open_load(&plan);
    double setup = (double)(meter_now_nanos() - opening_nanos) / 1e9;

    static struct load_result warm, measured; /* timing counts only in the second; loss and damage in both */
    load_run(&load, plan.warmup, &warm);
    load_settle(&load, &warm);
    uint64_t processor_nanos = meter_processor_nanos(plan.pid), start_nanos = meter_now_nanos();
    load_run(&load, plan.seconds, &measured);
    double seconds = (double)(meter_now_nanos() - start_nanos) / 1e9;
    load_settle(&load, &measured);
    processor_nanos = meter_processor_nanos(plan.pid) - processor_nanos;

    measured.lost += warm.lost;
    measured.duplicated += warm.duplicated;
    measured.corrupted += warm.corrupted;
    print(&plan, &measured, seconds, setup, processor_nanos);
    for (int i = 0; i < plan.shape.flows; i++) flow_close(&load.flows[i]);
    free(load.flows);
    return measured.lost + measured.duplicated + measured.corrupted == 0 ? 0 : 1;
}
