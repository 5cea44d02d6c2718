/* measure INPUT COMMAND [ARGUMENT…]: runs the command with INPUT as its stdin and its output thrown
   away, then prints CPU and wall microseconds, peak kilobytes and the exit code (-1 for a signal).

   A program of its own, and a small one, because a child's peak begins with its parent's size. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long microseconds(struct timeval time) {
  return time.tv_sec * 1000000LL + time.tv_usec;
}

static int run(char **arguments) {
  int input = open(arguments[1], O_RDONLY);
  int output = open("/dev/null", O_WRONLY);
  if (input < 0 || output < 0 || dup2(input, 0) < 0 || dup2(output, 1) < 0) return 127;
  execv(arguments[2], arguments + 2);
  perror(arguments[2]);
  return 127;
}

int main(int count, char **arguments) {
  if (count < 3) return 2;
  struct timespec start, end;
  clock_gettime(CLOCK_MONOTONIC, &start);
  pid_t child = fork();
  if (child < 0) return 1;
  if (child == 0) _exit(run(arguments));
  int status;
  struct rusage usage;
  if (wait4(child, &status, 0, &usage) != child) return 1;
  clock_gettime(CLOCK_MONOTONIC, &end);
#ifdef __APPLE__
  long peak = usage.ru_maxrss / 1024;
#else
  long peak = usage.ru_maxrss;
#endif
  printf("%lld %lld %ld %d\n", microseconds(usage.ru_utime) + microseconds(usage.ru_stime),
         (end.tv_sec - start.tv_sec) * 1000000LL + (end.tv_nsec - start.tv_nsec) / 1000, peak,
         WIFEXITED(status) ? WEXITSTATUS(status) : -1);
  return 0;
}
