package matrix

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Examples of a queue and of a cache on each cloud, by the name that the pages give the cloud.
var (
	queueExamples = map[string]string{"Google Cloud": "pubsub-main", "AWS": "sqs-main", "Azure": "servicebus-main", "IBM Cloud": "rabbitmq-main"}
	cacheExamples = map[string]string{
		"Google Cloud": "memorystore-main", "AWS": "elasticache-main", "Azure": "managedredis-main", "IBM Cloud": "redis-main",
	}
)

// snippet is a program in docs/queue.md, under a line such as "AWS, Go:".
var snippet = regexp.MustCompile("(?ms)^(Google Cloud|AWS|Azure|IBM Cloud), (\\w+)[^\n]*:?\n(?:[^`\n][^\n]*\n)*\n```[a-z]+\n(.*?)^```$")

// keyUsed is a key of the Secret as a snippet reads it, in Python or Go, and in JavaScript.
var keyUsed = regexp.MustCompile(`secret(?:\["([^"]+)"\]|\.([A-Za-z]+))`)

// TestQueueSnippets holds that each cloud has a snippet in docs/queue.md which sends, receives
// and reads only what the Secret of that cloud has.
func TestQueueSnippets(t *testing.T) {
	text, err := os.ReadFile("../../docs/queue.md")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, m := range snippet.FindAllStringSubmatch(string(text), -1) {
		published := connectionOf(t, "dev", queueExamples[m[1]])
		used := 0
		for _, key := range keyUsed.FindAllStringSubmatch(m[3], -1) {
			name := key[1] + key[2]
			if _, ok := published[name]; !ok {
				t.Errorf("%s, %s: the snippet reads %s, which the Secret has not: it has %v", m[1], m[2], name, slices.Sorted(maps.Keys(published)))
			}
			used++
		}
		if used == 0 {
			t.Errorf("%s, %s: the snippet reads no key of the Secret", m[1], m[2])
		}
		found[m[1]] = m[2]
	}
	want := map[string]string{"Google Cloud": "Python", "AWS": "Go", "Azure": "Node", "IBM Cloud": "Python"}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Errorf("snippets: -want, +got:\n%s", diff)
	}
}

// keysOfRow are the words in code of a table's row.
var keysOfRow = regexp.MustCompile("`([A-Za-z.]+)`")

// TestKeysOfPages holds that the tables of docs/queue.md and docs/cache.md name each key that is
// published, of a queue by its type.
func TestKeysOfPages(t *testing.T) {
	rows := func(file string) []string {
		text, err := os.ReadFile("../../docs/" + file)
		if err != nil {
			t.Fatal(err)
		}
		return slices.DeleteFunc(strings.Split(string(text), "\n"), func(line string) bool { return !strings.HasPrefix(line, "| `") })
	}
	named := func(cell string) []string {
		var out []string
		for _, m := range keysOfRow.FindAllStringSubmatch(cell, -1) {
			out = append(out, m[1])
		}
		return out
	}
	common := []string{"type", "queue", "deadLetterQueue", "host", "port"}
	for cloud, example := range queueExamples {
		published := connectionOf(t, "dev", example)
		i := slices.IndexFunc(rows("queue.md"), func(row string) bool { return strings.HasPrefix(row, "| `"+published["type"]+"` |") })
		if i < 0 {
			t.Errorf("docs/queue.md has no row of the type %s", published["type"])
			continue
		}
		says := named(rows("queue.md")[i])
		for key := range published {
			if !slices.Contains(common, key) && !slices.Contains(says, key) {
				t.Errorf("%s publishes %s, which docs/queue.md does not name for %s", cloud, key, published["type"])
			}
		}
	}
	var says []string
	for _, row := range rows("cache.md") {
		if first := strings.Split(row, "|")[1]; !strings.Contains(first, "cache.") {
			says = append(says, named(first)...)
		}
	}
	published := map[string]string{}
	for _, example := range cacheExamples {
		maps.Copy(published, connectionOf(t, "dev", example))
	}
	slices.Sort(says)
	if diff := cmp.Diff(slices.Sorted(maps.Keys(published)), slices.Compact(says)); diff != "" {
		t.Errorf("keys in docs/cache.md: -published, +named:\n%s", diff)
	}
}
