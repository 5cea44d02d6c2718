/* Parses every file named as an argument, or else on stdin one a line, into libyaml events and
   drops them: the least that any reader built on libyaml can cost. Prints files, bytes, events and
   the number of files that libyaml refused. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

static unsigned long long files, bytes, events, refused;

static char *read_whole(const char *path, size_t *length) {
  FILE *file = fopen(path, "rb");
  if (!file) return NULL;
  size_t capacity = 1 << 16, used = 0;
  char *text = malloc(capacity);
  while (text) {
    used += fread(text + used, 1, capacity - used, file);
    if (used < capacity) break;
    char *larger = realloc(text, capacity * 2);
    if (!larger) free(text);
    text = larger;
    capacity *= 2;
  }
  fclose(file);
  *length = used;
  return text;
}

static void parse(const char *path) {
  size_t length = 0;
  char *text = read_whole(path, &length);
  if (!text) {
    fprintf(stderr, "%s: %s\n", path, strerror(errno));
    return;
  }
  files += 1;
  bytes += length;
  yaml_parser_t parser;
  if (!yaml_parser_initialize(&parser)) {
    free(text);
    return;
  }
  yaml_parser_set_input_string(&parser, (const unsigned char *)text, length);
  for (int done = 0; !done;) {
    yaml_event_t event;
    if (!yaml_parser_parse(&parser, &event)) {
      refused += 1;
      break;
    }
    events += 1;
    done = event.type == YAML_STREAM_END_EVENT;
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
  free(text);
}

int main(int count, char **arguments) {
  for (int index = 1; index < count; index += 1) parse(arguments[index]);
  if (count == 1) {
    char *line = NULL;
    size_t capacity = 0;
    for (ssize_t length; (length = getline(&line, &capacity, stdin)) >= 0;) {
      if (length > 0 && line[length - 1] == '\n') line[length - 1] = 0;
      if (line[0]) parse(line);
    }
    free(line);
  }
  printf("%llu files, %llu bytes, %llu events, %llu refused\n", files, bytes, events, refused);
  return 0;
}
