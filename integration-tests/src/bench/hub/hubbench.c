/*
 * hubbench: loads a signaling server with many WebSockets and tells what they cost it, as one line of JSON.
 *
 *   talk   groups of two send each other messages, each an answer to the one before, so the rate settles at what the
 *          server carries; counted are messages, their delay, and the server's processor time
 *   crowd  one member of a group of all sends to everybody at a fixed rate, while some of them do not read
 *   storm  all connections are lost at once and all come back at once
 *   hold   the connections stay until standard input ends, so that the caller can look at the server
 *
 * The exit code is 0, 2 for a mistake of the caller, 3 when not all clients get in.
 */
#include "crowd.h"

#include "../meter.h"

#include <arpa/inet.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { HANDSHAKES_AT_ONCE = 64 };

static const double PATIENCE_SECONDS = 60;

struct plan {
    const char *load;
    struct crowd crowd;
    pid_t pid;
    double seconds, warmup, rate;
};

struct tally {
    struct meter_delays delays;
};

static void usage(void) {
    fprintf(stderr,
            "hubbench talk|crowd|storm|hold --server ADDRESS:PORT --language peerjs|topics|parley [--path PATH]\n"
            "  [--pid SERVER] [--clients 100] [--slow 0] [--bytes 1000] [--rate 100] [--seconds 5] [--warmup 2]\n"
            "  [--client ADDRESS] [--spread 1] [--first 0]\n");
    exit(2);
}

static void read_server(char *text, struct sockaddr_in *server) {
    char *colon = strrchr(text, ':');
    if (colon == NULL) usage();
    *colon = 0;
    server->sin_family = AF_INET;
    server->sin_port = htons((uint16_t)atoi(colon + 1));
    if (inet_pton(AF_INET, text, &server->sin_addr) != 1) usage();
}

static struct plan read_plan(int count, char **words) {
    static const struct option options[] = {
        {"server", 1, NULL, 's'}, {"language", 1, NULL, 'l'}, {"path", 1, NULL, 'p'},    {"pid", 1, NULL, 'i'},
        {"clients", 1, NULL, 'n'}, {"slow", 1, NULL, 'o'},    {"bytes", 1, NULL, 'b'},   {"rate", 1, NULL, 'r'},
        {"seconds", 1, NULL, 't'}, {"warmup", 1, NULL, 'w'},  {"client", 1, NULL, 'c'},  {"spread", 1, NULL, 'x'},
        {"first", 1, NULL, 'f'},  {NULL, 0, NULL, 0}};
    struct plan plan = {.load = count > 1 ? words[1] : "", .seconds = 5, .warmup = 2, .rate = 100,
                        .crowd = {.size = 100, .spread = 1, .bytes = 1000, .group_size = 2,
                                  .first_address = {htonl(INADDR_LOOPBACK)}}};
    struct crowd *crowd = &plan.crowd;
    for (int option; (option = getopt_long(count - 1, words + 1, "", options, NULL)) != -1;) {
        switch (option) {
            case 's': read_server(optarg, &crowd->server); break;
            case 'l': crowd->language = language_find(optarg); break;
            case 'p': crowd->path = optarg; break;
            case 'i': plan.pid = atoi(optarg); break;
            case 'n': crowd->size = atoi(optarg); break;
            case 'o': crowd->slow = atoi(optarg); break;
            case 'b': crowd->bytes = atoi(optarg); break;
            case 'r': plan.rate = atof(optarg); break;
            case 't': plan.seconds = atof(optarg); break;
            case 'w': plan.warmup = atof(optarg); break;
            case 'x': crowd->spread = atoi(optarg); break;
            case 'f': crowd->first = atoi(optarg); break;
            case 'c': if (inet_pton(AF_INET, optarg, &crowd->first_address) != 1) usage(); break;
            default: usage();
        }
    }
    if (crowd->language == NULL || crowd->server.sin_port == 0 || crowd->size < 2 || crowd->spread < 1) usage();
    if (crowd->path == NULL) crowd->path = crowd->language->path;
    return plan;
}

static uint64_t after(double seconds) {
    return meter_now_nanos() + (uint64_t)(seconds * 1e9);
}

static void count_delay(struct crowd *crowd, uint64_t stamp_nanos) {
    struct tally *tally = crowd->load;
    meter_add(&tally->delays, meter_now_nanos() - stamp_nanos);
}

/* Some servers say a message to its sender too. */
static void answer(struct crowd *crowd, struct client *client, int speaker, uint64_t stamp_nanos) {
    if (speaker == client->index) return;
    count_delay(crowd, stamp_nanos);
    crowd_say(crowd, client, speaker);
}

static void only_count(struct crowd *crowd, struct client *client, int speaker, uint64_t stamp_nanos) {
    (void)client, (void)speaker;
    count_delay(crowd, stamp_nanos);
}

/* One round of answers over all pairs, so many seconds long. */
static void talk(struct crowd *crowd, double seconds) {
    crowd->heard = answer;
    for (int i = 0; i + 1 < crowd->size; i += 2) crowd_say(crowd, &crowd->clients[i], i + 1);
    crowd_serve(crowd, after(seconds));
    crowd->heard = only_count; /* what is under way comes to its end */
    crowd_serve(crowd, after(0.3));
}

static void announce(struct crowd *crowd, double rate, double seconds) {
    crowd->heard = only_count;
    uint64_t start = meter_now_nanos(), end = after(seconds);
    for (uint64_t said = 0; meter_now_nanos() < end; said++) {
        crowd_serve(crowd, start + (uint64_t)((double)said * 1e9 / rate));
        crowd_say(crowd, &crowd->clients[0], 1);
    }
}

static void enter(struct crowd *crowd, int at_once) {
    int in = crowd_open(crowd, at_once, PATIENCE_SECONDS);
    if (in < crowd->size) {
        fprintf(stderr, "hubbench: only %d of %d clients got in\n", in, crowd->size);
        exit(3);
    }
}

static void print(const struct plan *plan, const struct tally *tally, double seconds, uint64_t processor_nanos) {
    const struct crowd *crowd = &plan->crowd;
    double heard = tally->delays.total > 0 ? (double)tally->delays.total : 1;
    int reading = crowd->size - crowd->slow;
    printf("{\"load\":\"%s\",\"language\":\"%s\",\"clients\":%d,\"slow\":%d,\"bytes\":%d,\"seconds\":%.3f,", plan->load,
           crowd->language->name, crowd->size, crowd->slow, crowd->bytes, seconds);
    printf("\"heard\":%" PRIu64 ",\"heardPerSecond\":%.0f,\"processorNanosPerMessage\":%.0f,", tally->delays.total,
           (double)tally->delays.total / seconds, (double)processor_nanos / heard);
    printf("\"processorSeconds\":%.2f,\"connected\":%d,\"slowConnected\":%d,", (double)processor_nanos / 1e9,
           crowd_connected(crowd, 0, reading), crowd_connected(crowd, reading, crowd->size));
    printf("\"delayMicros\":{\"p50\":%.0f,\"p99\":%.0f}}\n", (double)meter_quantile(&tally->delays, 0.5) / 1e3,
           (double)meter_quantile(&tally->delays, 0.99) / 1e3);
    fflush(stdout);
}

static void run(struct plan *plan, struct tally *tally) {
    struct crowd *crowd = &plan->crowd;
    uint64_t processor_nanos = meter_processor_nanos(plan->pid), start = meter_now_nanos();
    if (strcmp(plan->load, "talk") == 0) {
        talk(crowd, plan->seconds);
    } else if (strcmp(plan->load, "crowd") == 0) {
        announce(crowd, plan->rate, plan->seconds);
    } else {
        crowd_cut(crowd);
        enter(crowd, crowd->size);
    }
    double seconds = (double)(meter_now_nanos() - start) / 1e9;
    print(plan, tally, seconds, meter_processor_nanos(plan->pid) - processor_nanos);
}

int main(int count, char **words) {
    struct plan plan = read_plan(count, words);
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
    static struct tally warm, measured;
    struct crowd *crowd = &plan.crowd;
    int is_crowd = strcmp(plan.load, "crowd") == 0, is_talk = strcmp(plan.load, "talk") == 0;
    int is_hold = strcmp(plan.load, "hold") == 0;
    if (!is_crowd && !is_talk && !is_hold && strcmp(plan.load, "storm") != 0) usage();
    if (is_crowd) crowd->group_size = crowd->size;
    crowd->load = &warm;
    crowd->heard = only_count;
    enter(crowd, HANDSHAKES_AT_ONCE);
    if (is_hold) {
        puts("holding");
        fflush(stdout);
        char byte;
        while (read(STDIN_FILENO, &byte, 1) < 0) {}
        return 0;
    }
    if (is_talk) talk(crowd, plan.warmup);
    if (is_crowd) announce(crowd, plan.rate, plan.warmup);
    crowd->slow_are_deaf = 1;
    crowd->load = &measured;
    run(&plan, &measured);
    return 0;
}
